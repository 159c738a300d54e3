/** An explanation as text for a person: one step a paragraph, in the order in which a query takes them. */
import { styleText } from "node:util";
import type {
  ExplainedCandidate,
  ExplainedCandidates,
  ExplainedClient,
  ExplainedOutcome,
  Explanation,
} from "../routing/explain.ts";
import type { Basis } from "../routing/methods/method.ts";
import type { Question } from "../routing/plan.ts";
import { narrowestRegion } from "../shared/regions/region-chain.ts";

/** An explanation as lines for people, in colours on a terminal. */
export function explanationText(name: string, explanation: Explanation): string {
  const { profile, method, status, question, client, candidates, sticky, outcomes, ttl, negativeTtl, scope } =
    explanation;
  const lines = [
    step("Question", `${name} ${question} for ${client.address}`),
    step("Profile", `${profile} (${method}), ${status}`),
    step("Location", locationText(client)),
    step("Candidates", outcomes[0]?.reason === "out-of-service" ? "the profile is out of service" : ""),
    ...candidateLines(candidates, question, "  "),
    ...(sticky.length === 0 ? [] : [step("Sticky", sticky.map(stickyText).join("; "))]),
    step("Decision", ""),
    ...outcomes.map((outcome) => `  ${outcomeText(outcome)}`),
    step("Answer", ""),
    ...outcomes.flatMap(({ answer }) =>
      answer.data.map((data) =>
        answer.kind === "alias" ? `  ${name}. ${ttl} IN CNAME ${data}.` : `  ${name}. ${ttl} IN ${question} ${data}`,
      ),
    ),
    ...negativeLines(outcomes),
    step("TTL", ttlText(outcomes, ttl, negativeTtl)),
    step("ECS scope", scope.endsWith("/0") ? `${scope}: the same candidates for every client` : scope),
  ];
  if (client.source.toLowerCase().includes("dbip")) lines.push("", "IP Geolocation by DB-IP (https://db-ip.com)");
  return `${lines.join("\n")}\n`;
}

function stickyText({ profile, network }: Explanation["sticky"][number]): string {
  return `${profile} keeps all of ${network} together`;
}

function step(title: string, text: string): string {
  return `${styleText("bold", title.padEnd(11), { stream: process.stdout })} ${text}`.trimEnd();
}

function locationText(client: ExplainedClient): string {
  const { point, source, placedBy, regions } = client;
  const place = narrowestRegion(client) ?? "unknown";
  const where = point === undefined ? "" : ` at ${point.latitude}, ${point.longitude}`;
  const whose = placedBy === "resolver" ? ", the resolver's" : "";
  return `${place}${where} (${source})${whose}; regions ${regions.join(" → ")}`;
}

function candidateLines({ tiers, others }: ExplainedCandidates, question: Question, indent: string): readonly string[] {
  return [
    ...tiers.flatMap((tier, index) =>
      tier.flatMap((candidate) => [
        `${indent}${index + 1}. ${candidateText(candidate, question)}`,
        ...(candidate.nested === undefined ? [] : candidateLines(candidate.nested, question, `${indent}   `)),
      ]),
    ),
    ...others.map(({ endpoint, why }) => `${indent}-  ${endpoint}: ${why}`),
  ];
}

function candidateText(candidate: ExplainedCandidate, question: Question): string {
  const { endpoint, basis, status, forced, left, eligible, answers } = candidate;
  const colour = eligible ? "green" : "red";
  const lacks = answers ? "" : `, has no ${question}`;
  const ruled = forced === undefined ? "" : `, forced ${forced}`;
  const drained = left === undefined ? "" : `, drained to ${Math.round(left * 100)} %`;
  return `${endpoint}: ${basisText(basis)}, ${styleText(colour, status, { stream: process.stdout })}${ruled}${drained}${lacks}`;
}

function basisText(basis: Basis): string {
  switch (basis.kind) {
    case "priority":
      return `priority ${basis.priority}`;
    case "weight":
      return `weight ${basis.weight}`;
    case "together":
      return "one of those that are answered together";
    case "other-networks":
      return "for clients whom no network holds";
    case "distance":
      return `${Math.round(basis.kilometres)} km`;
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

function outcomeText({ probability, path, beside, reason }: ExplainedOutcome): string {
  const share = `${Number((probability * 100).toFixed(1))} %`;
  const together = beside.map((endpoint) => `, ${endpoint}`).join("");
  return `${share} ${path.join(" → ") || "no endpoint"}${together} (${reason})`;
}

/** NODATA may be kept for another time than records. */
function ttlText(outcomes: readonly ExplainedOutcome[], ttl: number, negativeTtl: number): string {
  const kinds = outcomes.map(({ answer }) => answer.kind);
  if (!kinds.includes("nodata")) return `${ttl} s`;
  return kinds.every((kind) => kind === "nodata") ? `${negativeTtl} s` : `${ttl} s; NODATA ${negativeTtl} s`;
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
