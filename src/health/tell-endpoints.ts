/** Changes of endpoints in the log: of their status, and of addresses that leave the answer or are in it again. */
import type { Logger } from "../shared/ports.ts";
import type { Change } from "./endpoint-fold.ts";

export function tellEndpoints(changes: Iterable<Change>, logger: Logger): void {
  for (const change of changes) {
    tellStatus(change, logger);
    if (change.to.endpoint.check.addresses === "each") tellAddresses(change, logger);
  }
}

function tellStatus({ from: before, to: now }: Change, logger: Logger): void {
  const { endpoint, status: to, reason, targets } = now;
  const from = before?.status ?? "checking";
  if (from === to) return;
  // An endpoint that works as expected is no news: at a start there would be a line for each.
  const level = to === "degraded" ? "warn" : from === "checking" ? "debug" : "info";
  const target = targets.length === 1 ? targets[0]!.label : undefined;
  const fields = { profile: endpoint.profile, endpoint: endpoint.name, from, to, reason, target };
  logger[level](fields, "endpoint status changed");
}

/** While the endpoint is down as a whole, its addresses are no news. */
function tellAddresses({ from: before, to: now }: Change, logger: Logger): void {
  const { endpoint, health, parts } = now;
  for (const [i, { host: address, reason }] of parts.entries()) {
    const fields = { profile: endpoint.profile, endpoint: endpoint.name, address, reason };
    const isOut = isDown(health.addressesDown, i);
    const place = before?.parts.findIndex(({ host }) => host === address) ?? -1;
    const wasOut = place !== -1 && isDown(before!.health.addressesDown, place);
    if (isOut && !wasOut) logger.warn(fields, "an address of the endpoint is down and leaves the answer");
    if (wasOut && !isOut && now.status !== "degraded") {
      logger.info(fields, "an address of the endpoint is in the answer again");
    }
  }
}

function isDown(bits: number, place: number): boolean {
  return ((bits >> place) & 1) === 1;
}
