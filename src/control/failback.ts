/**
 * An operator's failback: has come back what of an endpoint's probe targets has recovered, whatever it waits for. A target
 * is one for all that are probed by it, so other endpoints may come back with it.
 */
import type { ProbeTarget } from "../health/probe-target.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Answer, EndpointName, FailbackResult } from "./control.ts";

export interface FailbackParts {
  readonly endpoint: EndpointName;
  /** All that is probed for it. */
  readonly targets: readonly Pick<ProbeTarget, "key" | "label" | "monitor">[];
  /** Has a target come back; the error is why it cannot. Undefined: it is not probed any more. */
  readonly release: (key: string) => Result<unknown, string> | undefined;
  /** The other endpoints that are probed by a target. */
  readonly sharing: (key: string) => readonly EndpointName[];
}

/** Endpoints that are told of a target. */
const MOST_SHARING = 20;
/** Reasons that a refusal tells. */
const MOST_REASONS = 3;

/** What has become of each target; refused where none has come back. */
export function failBack({ endpoint, targets, release, sharing }: FailbackParts): Answer<readonly FailbackResult[]> {
  const results = targets.map(({ key, label, monitor: { name } }): FailbackResult => {
    const released = release(key) ?? err("it is not probed any more");
    const others = released.ok ? sharing(key) : [];
    return {
      monitor: name,
      target: label,
      back: released.ok,
      reason: released.ok ? undefined : released.error,
      shared: others.slice(0, MOST_SHARING),
      sharedCount: others.length,
    };
  });
  if (results.some(({ back }) => back)) return ok(results);
  const told = results.slice(0, MOST_REASONS).map(({ target, reason }) => `${target}: ${reason}`);
  const more = results.length > MOST_REASONS ? " …" : "";
  return err({
    code: "not-recovered",
    message: `${endpoint} has nothing that could come back: ${told.join("; ")}${more}`,
  });
}
