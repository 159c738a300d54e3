/** What endpoints get of a region's clients: as a running server answers them now, or with all endpoints online. */
import { answeringText } from "../../config/residency-findings.ts";
import type { Explained } from "../../control/control.ts";
import type { Candidates } from "../../routing/candidates.ts";
import { probedView } from "../../routing/health-view.ts";
import type { Client } from "../../routing/order.ts";
import { outcomesOf } from "../../routing/outcomes.ts";
import { planFor } from "../../routing/plan.ts";
import type { Profile, Snapshot } from "../../routing/snapshot.ts";
import { createStatuses } from "../../routing/statuses.ts";
import { formatIpAddress } from "../../shared/ip-address.ts";
import type { Result } from "../../shared/result.ts";
import type { Failure } from "../remote/failure.ts";
import type { Client as Server } from "../remote/http-client.ts";
import type { SharesOf } from "./report.ts";

/** Where the clients of a configuration go while all of it is online. */
export function sharesOnline(snapshot: Snapshot): SharesOf {
  const statuses = createStatuses(
    snapshot,
    probedView(() => "online"),
  );
  return (profile: Profile, _client: Client, candidates: Candidates) => {
    const shares = createShares();
    for (const { path, beside, answer, probability } of outcomesOf(planFor(snapshot, candidates, "A", statuses))) {
      if (answer.kind !== "addresses" && answer.kind !== "alias") continue;
      const last = path.at(-1);
      if (last === undefined || last.target.kind === "profile") {
        const at = last?.target.kind === "profile" ? snapshot.profiles[last.target.profile]! : profile;
        shares.add(answeringText({ profile: at, endpoint: undefined }), probability);
      } else {
        for (const endpoint of [last, ...beside]) {
          shares.add(answeringText({ profile: snapshot.profiles[endpoint.profile]!, endpoint }), probability);
        }
      }
    }
    return Promise.resolve(shares.all);
  };
}

/** As the server explains it for a client of the region. A name that it does not know has no shares. */
export function askForShares(server: Server, profile: Profile, client: Client): Promise<Result<Explained, Failure>> {
  const address = formatIpAddress(client.address);
  // The first label of a wildcard stands for any.
  const name = profile.names[0]!.replace(/^\*/, "any");
  return server.ask<Explained>("GET", "/explain", { query: { name, type: "A", client: address, resolver: address } });
}

/** Undefined: it answers with an endpoint that is not here, so that its shares say nothing of those that are. */
export function sharesExplained(
  { outcomes }: Explained,
  profile: Profile,
  snapshot: Snapshot,
): ReadonlyMap<string, number> | undefined {
  const shares = createShares();
  const known = new Set(snapshot.endpoints.map(({ profile: of, name }) => `${snapshot.profiles[of]!.name}/${name}`));
  for (const { path, beside, answer, reason, probability } of outcomes) {
    if (answer.kind !== "addresses" && answer.kind !== "alias") continue;
    if ([...path, ...beside].some((endpoint) => !known.has(endpoint))) return undefined;
    if (reason !== "fallback") {
      for (const endpoint of [path.at(-1)!, ...beside]) shares.add(endpoint, probability);
      continue;
    }
    const last = snapshot.endpoints.find(
      ({ profile: of, name }) => `${snapshot.profiles[of]!.name}/${name}` === path.at(-1),
    );
    const at = last?.target.kind === "profile" ? snapshot.profiles[last.target.profile]! : profile;
    shares.add(answeringText({ profile: at, endpoint: undefined }), probability);
  }
  return shares.all;
}

function createShares() {
  const all = new Map<string, number>();
  return { all, add: (endpoint: string, share: number) => void all.set(endpoint, (all.get(endpoint) ?? 0) + share) };
}
