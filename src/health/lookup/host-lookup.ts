/**
 * The addresses of a probed host: of an address itself, of the hosts file, of `localhost`, else of the DNS. Those who ask
 * for one name together get one answer; no name waits for another.
 *
 * That this machine's resolver fails is no failure of the endpoint: its addresses of before are probed for a time that
 * the operator sets, and after that nothing. That a name does not exist, or has no address, is the endpoint's failure.
 */
import { parseIpAddress } from "../../shared/ip-address.ts";
import type { Clock, Logger } from "../../shared/ports.ts";
import type { ProbeFailure } from "../probes/probe.ts";
import { createHostsFile } from "./hosts-file.ts";
import { createNameQueries, type NameAnswer } from "./name-queries.ts";

export interface HostLookup {
  /** Comes at once when the signal is aborted. `timeoutMs` is the time of the whole probe. */
  find(host: string, timeoutMs: number, signal: AbortSignal): Promise<FoundAddresses>;
  /** Ends all queries. */
  stop(): void;
}

/** At least one address, in the order in which they are to be tried. */
export type FoundAddresses = { readonly ok: true; readonly addresses: readonly string[] } | ProbeFailure;

export interface HostLookupOptions {
  /** Milliseconds for which the last known addresses are probed where the resolver fails. */
  readonly lastAddress: () => number;
  readonly hostsFile?: string;
  /** The resolvers, as `192.0.2.53:53`; else those of the machine. */
  readonly servers?: readonly string[];
}

export interface HostLookupDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * A resolver that has not answered by then is not waited for where addresses are known, so that there is time left to
 * probe them. RFC 8767 section 5: "The suggested value of client response timer is 1.8 seconds".
 */
const PATIENCE_MS = 1800;
const PATIENCE_SHARE = 1 / 4;

/** More would share a probe's time among too many. */
const MAX_ADDRESSES = 8;

/**
 * Milliseconds for which others join a query. An older one may have been sent for the last time to a resolver that has
 * come back since.
 */
const JOIN_MS = 1000;

/** RFC 6761 section 6.3: name resolution libraries "SHOULD always return the IP loopback address". */
const LOOPBACK = ["127.0.0.1", "::1"] as const;

/** Milliseconds between two warnings, and between two looks for addresses that are too old to be of use. */
const WARN_INTERVAL_MS = 60_000;
const SWEEP_INTERVAL_MS = 60_000;

interface Query {
  readonly answer: Promise<NameAnswer>;
  readonly at: number;
}

interface LastKnown {
  readonly addresses: readonly string[];
  readonly at: number;
}

export function createHostLookup(options: HostLookupOptions, { clock, logger }: HostLookupDeps): HostLookup {
  const { lastAddress, hostsFile = "/etc/hosts", servers } = options;
  const fromFile = createHostsFile(hostsFile, { clock, logger });
  const queries = createNameQueries({ servers }, clock);
  const asked = new Map<string, Query>();
  const known = new Map<string, LastKnown>();
  let warnedAt = Number.NEGATIVE_INFINITY;
  let sweptAt = Number.NEGATIVE_INFINITY;

  function ask(name: string): Promise<NameAnswer> {
    const running = asked.get(name);
    if (running !== undefined && clock() - running.at < JOIN_MS) return running.answer;
    const answer = queries.ask(name).then((found) => {
      if (asked.get(name) === query) asked.delete(name);
      learn(name, found);
      return found;
    });
    const query = { answer, at: clock() };
    asked.set(name, query);
    return answer;
  }

  function learn(name: string, answer: NameAnswer): void {
    const now = clock();
    if (answer.kind === "addresses") known.set(name, { addresses: inOrder(answer.ipv4, answer.ipv6), at: now });
    if (answer.kind === "none") known.delete(name);
    if (now - sweptAt < SWEEP_INTERVAL_MS) return;
    sweptAt = now;
    for (const [other, { at }] of known) if (now - at > lastAddress()) known.delete(other);
  }

  function lastKnown(name: string): readonly string[] | undefined {
    const last = known.get(name);
    return last !== undefined && clock() - last.at <= lastAddress() ? last.addresses : undefined;
  }

  function warn(name: string): void {
    const now = clock();
    if (now - warnedAt < WARN_INTERVAL_MS) return;
    warnedAt = now;
    logger.warn({ name }, "the resolver does not answer: the last known addresses are probed");
  }

  function findInDns(name: string, timeoutMs: number, signal: AbortSignal): Promise<FoundAddresses> {
    return new Promise((resolve) => {
      let patience: NodeJS.Timeout | undefined;
      const end = (found: FoundAddresses): void => {
        clearTimeout(patience);
        signal.removeEventListener("abort", abort);
        resolve(found);
      };
      const abort = (): void => end(notProbed(`no address of ${name} within ${timeoutMs} ms`));
      const goOnWithLast = (): boolean => {
        const addresses = lastKnown(name);
        if (addresses === undefined) return false;
        warn(name);
        end({ ok: true, addresses });
        return true;
      };
      signal.addEventListener("abort", abort, { once: true });
      if (known.has(name)) patience = setTimeout(goOnWithLast, Math.min(PATIENCE_MS, timeoutMs * PATIENCE_SHARE));
      void ask(name).then((answer) => {
        if (answer.kind === "addresses") end({ ok: true, addresses: inOrder(answer.ipv4, answer.ipv6) });
        else if (answer.kind === "none") end(NOT_FOUND);
        else if (!goOnWithLast()) end(notProbed(`the resolver does not answer for ${name} (${answer.code})`));
      });
    });
  }

  return {
    async find(host, timeoutMs, signal) {
      if (parseIpAddress(host) !== undefined) return { ok: true, addresses: [host] };
      const name = host.toLowerCase().replace(/\.$/, "");
      const fixed = fromFile(name) ?? (/(?:^|\.)localhost$/.test(name) ? LOOPBACK : undefined);
      if (fixed === undefined) return findInDns(name, timeoutMs, signal);
      const isIpv6 = (address: string): boolean => address.includes(":");
      return {
        ok: true,
        addresses: inOrder(
          fixed.filter((address) => !isIpv6(address)),
          fixed.filter(isIpv6),
        ),
      };
    },
    stop: () => queries.cancel(),
  };
}

const NOT_FOUND: ProbeFailure = {
  ok: false,
  code: "name-not-found",
  reason: "host name not found, or without address",
};

function notProbed(reason: string): ProbeFailure {
  return { ok: false, code: "not-probed", reason };
}

/**
 * The families by turns (RFC 8305 section 4), IPv4 first: where this machine has no IPv4, that shows at once; where its
 * IPv6 leads nowhere, only after a while.
 */
function inOrder(ipv4: readonly string[], ipv6: readonly string[]): readonly string[] {
  const pairs = Array.from({ length: Math.max(ipv4.length, ipv6.length) }, (_, i) => [ipv4[i], ipv6[i]]);
  return pairs
    .flat()
    .filter((address) => address !== undefined)
    .slice(0, MAX_ADDRESSES);
}
