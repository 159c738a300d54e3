/**
 * What the proof of residency rules has found, where it is written and in words: the counterexample is a path from the
 * rule to the endpoint, with what that has or lacks.
 */
import type { Answering, Violating } from "../routing/residency/answering.ts";
import type { Violation } from "../routing/residency/compliance.ts";
import type { Proof, ProofFinding } from "../routing/residency/proof.ts";
import type { Endpoint, ResidencyRule } from "../routing/snapshot.ts";
import { counted } from "./counted.ts";
import type { Finding } from "./diagnostic.ts";
import type { Path } from "./path.ts";

export interface ResidencyFinding extends Finding {
  /** The names of the rules that it is about; none: of all. */
  readonly rules: readonly string[];
  readonly found: string;
}

export function residencyFindings({ findings, unproven }: Proof): readonly ResidencyFinding[] {
  const told = findings.map((finding): ResidencyFinding => tell[finding.kind](finding as never));
  if (unproven.length === 0) return told;
  const [first, ...others] = unproven;
  return [
    ...told,
    {
      code: "residency-unproven",
      rules: [],
      path: ["residency"],
      atKey: true,
      what: "more profiles and kinds of clients than are looked at in a load: their fences hold, but what they leave is not proven",
      found: `${first!.name}${others.length === 0 ? "" : ` and ${counted(others.length, "more profile")}`}`,
      wanted: "fewer profiles that each place their endpoints in another way",
    },
  ];
}

type Tell = {
  readonly [K in ProofFinding["kind"]]: (finding: Extract<ProofFinding, { readonly kind: K }>) => ResidencyFinding;
};

const tell: Tell = {
  "none-left": ({ rule, profile, regions, removed }) => ({
    code: "residency-none-left",
    rules: [rule.name],
    path: ["residency", rule.name],
    atKey: true,
    what: "a rule that leaves clients no endpoint, who had one",
    found: [rule.name, someOf(regions), profile.name, someOf(removed.map(violatingText))].join(ARROW),
    wanted: `an endpoint for them with ${termsText(rule)}, or other clients of the rule`,
  }),
  contradiction: ({ rules, profile, regions }) => ({
    code: "residency-contradiction",
    rules: rules.map(({ name }) => name),
    path: ["residency", rules.at(-1)!.name],
    atKey: true,
    what: "rules that together leave clients no endpoint, while each alone leaves one",
    found: [rules.map(({ name }) => name).join(" + "), someOf(regions), profile.name].join(ARROW),
    wanted: `an endpoint for them with ${rules.map(termsText).join(" and ")}`,
  }),
  unlabelled: ({ rule, at, labels }) => ({
    code: "residency-unlabelled",
    rules: [rule.name],
    path: pathOf(at, []),
    atKey: true,
    what: `an endpoint that a residency rule covers, without the label that it requires`,
    found: [rule.name, `${answeringText(at)} (no ${labels.join(", no ")})`].join(ARROW),
    wanted: labels.map((label) => `${label}: ${orList(rule.require[label]!)}, or what it is`).join("; "),
  }),
  "leads-out": ({ rule, asked, regions, at, host, to, by, whileDown, whileWaning, example, isExact }) => ({
    code: "residency-leads-out",
    rules: [rule.name],
    path: pathOf(at, ["host"]),
    what: `a host that leads clients of a residency rule to a profile that the rule does not cover${isExact ? "" : " (taken for answered: there are too many states of health to look at)"}`,
    found: [
      rule.name,
      someOf(regions),
      ...(asked.id === at.profile.id ? [] : [asked.name]),
      `${answeringText(at)}${by === "override" ? " (by an override alone)" : downText(whileDown, whileWaning)}`,
      host,
      example === undefined ? to.name : violatingText(example),
    ].join(ARROW),
    wanted: `${to.name} among the profiles of ${rule.name}`,
  }),
};

const ARROW = " → ";

/** `payroll/berlin`, or `the fallback of payroll`. */
export function answeringText({ profile, endpoint }: Answering): string {
  return endpoint === undefined ? `the fallback of ${profile.name}` : `${profile.name}/${endpoint.name}`;
}

function violatingText(at: Violating): string {
  return `${answeringText(at)} (${at.violations.map(violationText).join(", ")})`;
}

/** `no jurisdiction`, `jurisdiction US`, `provider azure`: what is there, against the rule. */
export function violationText({ label, value }: Violation): string {
  return value === undefined ? `no ${label}` : `${label} ${value}`;
}

/** `jurisdiction EU or EEA, not provider azure or gcp`: what a rule asks for. */
function termsText(rule: Terms): string {
  return clausesOf(rule, "", "not ").join(", ");
}

type Terms = Pick<ResidencyRule, "require" | "forbid">;

/** Label by label, each required one after `has`, each forbidden one after `lacks`. */
export function clausesOf({ require, forbid }: Terms, has: string, lacks: string): readonly string[] {
  return [
    ...Object.entries(require).map(([label, values]) => `${has}${label} ${orList(values)}`),
    ...Object.entries(forbid).map(([label, values]) => `${lacks}${label} ${orList(values)}`),
  ];
}

function orList(values: readonly string[]): string {
  return values.join(" or ");
}

/** A line stays a line. */
const MOST = 6;

function someOf(texts: readonly string[]): string {
  const more = texts.length - MOST;
  return more <= 0 ? texts.join(", ") : `${texts.slice(0, MOST).join(", ")} and ${more} more`;
}

function downText(down: readonly Endpoint[], waning: readonly Endpoint[]): string {
  const told = [stateText(down, "down"), stateText(waning, "not taking all")].filter((text) => text !== "");
  return told.length === 0 ? "" : ` (while ${told.join(", ")})`;
}

function stateText(endpoints: readonly Endpoint[], state: string): string {
  if (endpoints.length === 0) return "";
  return `${someOf(endpoints.map(({ name }) => name))} ${endpoints.length === 1 ? "is" : "are"} ${state}`;
}

function pathOf({ profile, endpoint }: Answering, rest: Path): Path {
  const at: Path = ["profiles", profile.name];
  return endpoint === undefined ? [...at, "whenAllDown", "fallback"] : [...at, "endpoints", endpoint.name, ...rest];
}
