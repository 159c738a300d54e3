/** How the addresses of one host share a probe's time: in turn, with one socket at a time; the last has all that is left. */

/** Milliseconds: a lost SYN is sent again after 1 s (RFC 6298 section 2), and its answer comes within another. */
const MAX_ATTEMPT_MS = 2000;

/** Milliseconds for each address but the last. */
export function attemptMs(timeoutMs: number, addresses: number): number {
  return Math.min(MAX_ATTEMPT_MS, Math.ceil(timeoutMs / (addresses + 1)));
}
