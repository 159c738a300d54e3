/** An explanation as text for a person: one step a paragraph, in the order in which a query takes them. */
import { styleText } from "node:util";
import type { Explained } from "../control/control.ts";
import type {
  ExplainedCandidate,
  ExplainedCandidates,
  ExplainedClient,
  ExplainedOutcome,
  ExplainedRemoval,
  ExplainedTtl,
} from "../routing/explain.ts";
import { TTL_STEPS } from "../routing/health-view.ts";
import type { Basis } from "../routing/methods/method.ts";
import type { Question } from "../routing/fork.ts";
import { narrowestRegion } from "../shared/regions/region-chain.ts";

/** An explanation as lines for people, in colours on a terminal. `subnet`: whether the query has a client subnet. */
export function explanationText(explained: Omit<Explained, "generation">, subnet = true): string {
  const { name, matched, profile, method, status, question, client, candidates, sticky, outcomes, scope } = explained;
  const { ttl, ttlRange, negativeTtl } = explained;
  const lines = [
    step("Question", `${name} ${question} for ${client.address}`),
    step("Profile", `${profile} (${method}), ${status}${matched === name ? "" : `, by its name ${matched}`}`),
    step("Location", locationText(client)),
    step("Candidates", outcomes[0]?.reason === "out-of-service" ? "the profile is out of service" : ""),
    ...candidateLines(candidates, question, "  "),
    ...(sticky.length === 0 ? [] : [step("Sticky", sticky.map(stickyText).join("; "))]),
    step("Decision", ""),
    ...outcomes.map((outcome) => `  ${outcomeText(outcome)}`),
    step("Answer", outcomes.length > 1 ? "what one of these decisions brings" : ""),
    ...recordLines(explained),
    ...negativeLines(outcomes),
    step("TTL", ttlText(outcomes, ttl, negativeTtl) + rangeText(ttlRange)),
    step("ECS scope", subnet ? scopeText(scope) : "none: the query has no client subnet"),
  ];
  if (client.source.toLowerCase().includes("dbip")) lines.push("", "IP Geolocation by DB-IP (https://db-ip.com)");
  return `${lines.join("\n")}\n`;
}

function stickyText({ profile, network }: Explained["sticky"][number]): string {
  return `${profile} keeps all of ${network} together`;
}

/** Each record that an answer may have once. */
function recordLines({ name, outcomes, question, ttl }: Omit<Explained, "generation">): readonly string[] {
  const lines = outcomes.flatMap(({ answer: { kind, data } }) =>
    data.map((one) => (kind === "alias" ? `CNAME ${one}.` : `${question} ${one}`)),
  );
  return [...new Set(lines)].map((line) => `  ${name}. ${ttl} IN ${line}`);
}

function step(title: string, text: string): string {
  return `${styleText("bold", title.padEnd(11), { stream: process.stdout })} ${text}`.trimEnd();
}

function locationText(client: ExplainedClient): string {
  const { point, asn, source, placedBy, regions } = client;
  const place = narrowestRegion(client) ?? "unknown";
  const where = point === undefined ? "" : ` at ${point.latitude}, ${point.longitude}`;
  const whose = placedBy === "resolver" ? ", the resolver's" : "";
  const system = asn === undefined ? "" : `; AS${asn}`;
  return `${place}${where} (${source})${whose}; regions ${regions.join(" → ")}${system}`;
}

function candidateLines(
  { tiers, removed, fallbackRemoved, others }: ExplainedCandidates,
  question: Question,
  indent: string,
): readonly string[] {
  return [
    ...tiers.flatMap((tier, index) =>
      tier.flatMap((candidate) => [
        `${indent}${index + 1}. ${candidateText(candidate, question)}`,
        ...(candidate.nested === undefined ? [] : candidateLines(candidate.nested, question, `${indent}   `)),
      ]),
    ),
    ...removed.map((removal) => `${indent}-  ${removal.endpoint}: ${removalText(removal)}`),
    ...(fallbackRemoved === undefined ? [] : [`${indent}-  the fallback: ${removalText(fallbackRemoved)}`]),
    ...others.flatMap(({ endpoint, why, nested }) => [
      `${indent}-  ${endpoint}: ${why}`,
      ...(nested === undefined ? [] : candidateLines(nested, question, `${indent}   `)),
    ]),
  ];
}

/** `removed by rule eu-data: jurisdiction is US, not EU; provider is gcp, which is forbidden`. */
function removalText({ rule, violations }: Omit<ExplainedRemoval, "endpoint">): string {
  const reasons = violations.map(({ label, value, against, values }) => {
    if (against === "forbid") return `${label} is ${value}, which is forbidden`;
    const wanted = values.join(" or ");
    return value === undefined ? `has no label ${label}, wanted ${wanted}` : `${label} is ${value}, not ${wanted}`;
  });
  return `removed by rule ${rule}: ${reasons.join("; ")}`;
}

function candidateText(candidate: ExplainedCandidate, question: Question): string {
  const { endpoint, basis, standby, trickle, status, forced, left, load, eligible, answers } = candidate;
  const colour = eligible ? "green" : "red";
  const lacks = answers ? "" : `, has no ${question}`;
  const ruled = forced === undefined ? "" : `, forced ${forced}`;
  const less = `${left === undefined ? "" : `, drained or back to ${share(left)}`}${loadText(load)}`;
  const without = candidate.addressesDown.map((address) => `, ${address} down`).join("");
  const spare = `${standby ? ", standby" : ""}${trickle === 0 ? "" : `, trickle ${share(trickle)}`}`;
  return `${endpoint}: ${basisText(basis)}${spare}, ${styleText(colour, status, { stream: process.stdout })}${ruled}${less}${without}${lacks}`;
}

function loadText(load: number | undefined): string {
  if (load === undefined) return "";
  return load === 0 ? ", critical load" : `, load leaves ${share(load)}`;
}

function basisText(basis: Basis): string {
  switch (basis.kind) {
    case "priority":
      return `priority ${basis.priority}`;
    case "weight":
      return `weight ${basis.weight}`;
    case "together":
      return "among those answered together";
    case "other-networks":
      return "without networks, for all others";
    case "distance":
      return distanceText(basis);
    case "place-unknown":
      return "the client's place is unknown";
    case "region":
      return `region ${basis.region}`;
    case "asn":
      return `AS${basis.asn}`;
    case "network":
      return `network ${basis.network}`;
  }
}

function share(part: number): string {
  return `${Number((part * 100).toFixed(1))} %`;
}

function distanceText({ kilometres, countedAs }: Extract<Basis, { readonly kind: "distance" }>): string {
  const counted = kilometres === countedAs ? "" : `, which count as ${Math.round(countedAs)}`;
  return `${Math.round(kilometres)} km${counted}`;
}

function outcomeText({ probability, path, beside, reason }: ExplainedOutcome): string {
  const together = beside.map((endpoint) => `, ${endpoint}`).join("");
  return `${share(probability)} ${path.join(" → ") || "no endpoint"}${together} (${reason})`;
}

function scopeText(scope: string): string {
  return scope.endsWith("/0") ? `${scope}: the same candidates for every client` : scope;
}

/** NODATA may be kept for another time than records. */
function ttlText(outcomes: readonly ExplainedOutcome[], ttl: number, negativeTtl: number): string {
  const kinds = outcomes.map(({ answer }) => answer.kind);
  if (!kinds.includes("nodata")) return `${ttl} s`;
  return kinds.every((kind) => kind === "nodata") ? `${negativeTtl} s` : `${ttl} s; NODATA ${negativeTtl} s`;
}

/** `: of 20 to 300 s, shop/fra is near a change (12 of 15)`. */
function rangeText(range: ExplainedTtl | undefined): string {
  if (range === undefined) return "";
  const { max, min, step, endpoint } = range;
  const why = endpoint === undefined ? "all is stable" : `${endpoint} is near a change (${step} of ${TTL_STEPS})`;
  return `: of ${min} to ${max} s, ${why}`;
}

const NEGATIVE: Readonly<Record<string, string>> = {
  nodata: "no answer (NODATA, with the zone's SOA)",
  nxdomain: "the name does not exist (NXDOMAIN, with the zone's SOA)",
  servfail: "SERVFAIL",
};

function negativeLines(outcomes: readonly ExplainedOutcome[]): readonly string[] {
  const kinds = new Set(outcomes.map(({ answer }) => answer.kind));
  return [...kinds].flatMap((kind) => (NEGATIVE[kind] === undefined ? [] : [`  ${NEGATIVE[kind]}`]));
}
