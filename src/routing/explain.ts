/**
 * A decision with its whole reasoning as plain data: the place of the client, every candidate with the reason of its
 * position and its status, the outcomes with their probabilities, and the ECS scope. Calls the same engine as the server.
 */
import { formatIpAddress, formatIpPrefix, networkOf, type IpAddress } from "../shared/ip-address.ts";
import { regionChain, type RegionCode } from "../shared/regions/region.ts";
import { candidatesFor, type Candidate, type Candidates, type Client } from "./candidates.ts";
import { endpointStatus, isEligible, profileStatus } from "./eligibility.ts";
import type { HealthView, Status } from "./health-view.ts";
import type { Basis } from "./methods/method.ts";
import { canAnswer, planFor, type Answer, type Question, type Reason } from "./plan.ts";
import type { Endpoint, Location, Profile, Snapshot } from "./snapshot.ts";

export interface Explanation {
  readonly profile: string;
  readonly method: string;
  readonly status: Status;
  readonly question: Question;
  readonly client: ExplainedClient;
  readonly candidates: ExplainedCandidates;
  readonly outcomes: readonly ExplainedOutcome[];
  /** Seconds. */
  readonly ttl: number;
  /** The widest network with the same candidates; what a resolver may cache the answer for. */
  readonly scope: string;
}

export interface ExplainedClient extends Location {
  readonly address: string;
  /** The codes that hold the client, the most specific first. */
  readonly regions: readonly RegionCode[];
}

export interface ExplainedCandidates {
  readonly profile: string;
  readonly method: string;
  /** Best first; the members of a tier share its clients. */
  readonly tiers: readonly (readonly ExplainedCandidate[])[];
  /** Out of service by configuration, or not for this client. */
  readonly others: readonly { readonly endpoint: string; readonly why: string }[];
}

export interface ExplainedCandidate {
  readonly endpoint: string;
  readonly basis: Basis;
  readonly status: Status;
  readonly eligible: boolean;
  /** Whether it has an answer of the asked type; where not, the next candidate is taken. */
  readonly answers: boolean;
  readonly nested: ExplainedCandidates | undefined;
}

export interface ExplainedOutcome {
  readonly probability: number;
  /** `profile/endpoint`, from the asked profile to the one that answers. */
  readonly path: readonly string[];
  readonly reason: Reason;
  readonly answer: { readonly kind: Answer["kind"]; readonly data: readonly string[] };
}

export interface ExplainQuestion {
  readonly snapshot: Snapshot;
  readonly profile: Profile;
  readonly question: Question;
  readonly address: IpAddress;
  /** What is known of the address. */
  readonly client: Client;
  /** Bits of the client's address that the answer holds for. */
  readonly scope: number;
  readonly health: HealthView;
}

export function explain(asked: ExplainQuestion): Explanation {
  const { snapshot, profile, question, address, client, scope, health } = asked;
  const candidates = candidatesFor(snapshot, profile, client);
  const { outcomes } = planFor(snapshot, candidates, question, health);
  return {
    profile: profile.name,
    method: profile.method,
    status: profileStatus(snapshot, profile, health),
    question,
    client: { address: formatIpAddress(address), ...client.location, regions: regionChain(client.location) },
    candidates: explainCandidates(snapshot, candidates, question, health),
    outcomes: outcomes.map(({ probability, path, reason, answer }) => ({
      probability,
      path: path.map((endpoint) => pathOf(snapshot, endpoint)),
      reason,
      answer: { kind: answer.kind, data: answerData(answer) },
    })),
    ttl: profile.ttl,
    scope: formatIpPrefix(networkOf(address, scope)),
  };
}

function explainCandidates(
  snapshot: Snapshot,
  { profile, tiers, left }: Candidates,
  question: Question,
  health: HealthView,
): ExplainedCandidates {
  const seen = new Set(tiers.flat().map(({ endpoint }) => endpoint));
  const explainOne = (candidate: Candidate): ExplainedCandidate => {
    const { endpoint, basis, nested } = candidate;
    return {
      endpoint: endpoint.name,
      basis,
      status: endpointStatus(snapshot, endpoint, health),
      eligible: isEligible(snapshot, endpoint, health),
      answers: canAnswer(candidate, question),
      nested: nested && explainCandidates(snapshot, nested, question, health),
    };
  };
  return {
    profile: profile.name,
    method: profile.method,
    tiers: tiers.map((tier) => tier.map(explainOne)),
    others: profile.endpoints
      .filter((endpoint) => !seen.has(endpoint))
      .map((endpoint) => ({
        endpoint: endpoint.name,
        why: left.includes(endpoint) ? endpointStatus(snapshot, endpoint, health) : "not for this client",
      })),
  };
}

function pathOf(snapshot: Snapshot, { profile, name }: Endpoint): string {
  return `${snapshot.profiles[profile]!.name}/${name}`;
}

function answerData(answer: Answer): readonly string[] {
  if (answer.kind === "addresses") return answer.addresses.map(formatIpAddress);
  return answer.kind === "alias" ? [answer.host] : [];
}
