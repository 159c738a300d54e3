/**
 * Queries for the addresses of names, to the resolvers of this machine's `resolv.conf`. c-ares asks (`node:dns`
 * Resolver), not getaddrinfo: that holds one of four threads of the process for each name until its zone answers, so
 * a few names of one dead zone would keep all others waiting.
 *
 * Names are absolute: no search list. Nothing is kept, and no query waits for another.
 */
import { Resolver } from "node:dns";
import { statSync } from "node:fs";
import type { Clock } from "../../shared/ports.ts";

export type NameAnswer =
  | { readonly kind: "addresses"; readonly ipv4: readonly string[]; readonly ipv6: readonly string[] }
  /** The name does not exist, or has no address. */
  | { readonly kind: "none" }
  /** No answer, or SERVFAIL, REFUSED and the like: nothing is known of the name. `code` is c-ares', or our words. */
  | { readonly kind: "failed"; readonly code: string };

export interface NameQueries {
  /** Asks for both families at once. Comes within ten seconds. */
  ask(name: string): Promise<NameAnswer>;
  /** Ends what runs, as failed. */
  cancel(): void;
}

export interface NameQueriesOptions {
  /** `192.0.2.53:53`; undefined = those of the machine. */
  readonly servers?: readonly string[] | undefined;
  /** The files that c-ares reads, without which they are those of Linux. */
  readonly files?: readonly string[];
}

/** Read by each new Resolver, on this thread: `ares_init_options` of c-ares 1.34. */
const CARES_FILES = ["/etc/resolv.conf", "/etc/nsswitch.conf", "/etc/netsvc.conf", "/etc/svc.conf"];
/** Octets; a FIFO would hold this thread for ever, a long file for seconds. */
const MAX_OCTETS = 65_536;

/** Milliseconds until a query is repeated, doubled each time, and how often it is sent: 7 s with one resolver. */
const REPEAT_MS = 1000;
const TRIES = 3;
/** Milliseconds that a query may take, whatever the number of resolvers. */
const LIMIT_MS = 10_000;

/**
 * Milliseconds that one family is waited for when the other has addresses (RFC 8305 section 3: "The recommended value
 * for the Resolution Delay is 50 ms"). There are zones that never answer for AAAA.
 */
const OTHER_FAMILY_MS = 50;

/**
 * Milliseconds for which new queries share a Resolver, and so its sockets: one for each server that is asked, however
 * many names hang. A new one has other ports, which a forger would have to guess, and reads `resolv.conf` again.
 */
const RESOLVER_MS = 5000;

/** What was found of one family: addresses, or c-ares' error code. */
type FamilyAnswer = readonly string[] | string;

export function createNameQueries({ servers, files = CARES_FILES }: NameQueriesOptions, clock: Clock): NameQueries {
  let current: Resolver | undefined;
  let madeAt = Number.NEGATIVE_INFINITY;
  /** Resolvers with queries under way, and how many. */
  const busy = new Map<Resolver, number>();

  /** Undefined: there is none yet, and none can be made. */
  function resolverOfNow(): Resolver | undefined {
    if (current !== undefined && clock() - madeAt < RESOLVER_MS) return current;
    if (!files.every(isHarmless)) return current;
    madeAt = clock();
    current = new Resolver({ timeout: REPEAT_MS, tries: TRIES });
    if (servers !== undefined) current.setServers(servers);
    return current;
  }

  return {
    async ask(name) {
      const resolver = resolverOfNow();
      if (resolver === undefined) return { kind: "failed", code: "a file such as /etc/resolv.conf is not readable" };
      busy.set(resolver, (busy.get(resolver) ?? 0) + 1);
      const answer = await askBoth(resolver, name);
      const left = busy.get(resolver)! - 1;
      if (left === 0) busy.delete(resolver);
      else busy.set(resolver, left);
      return answer;
    },
    cancel() {
      for (const resolver of busy.keys()) resolver.cancel();
    },
  };
}

/** Whether reading the file takes no time: it is a short regular one, or not there. */
function isHarmless(file: string): boolean {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats === undefined || (stats.isFile() && stats.size <= MAX_OCTETS);
}

function askBoth(resolver: Resolver, name: string): Promise<NameAnswer> {
  return new Promise((resolve) => {
    let ipv4: FamilyAnswer | undefined;
    let ipv6: FamilyAnswer | undefined;
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      resolve(judged(ipv4, ipv6));
    };
    const endWithin = (milliseconds: number): void => {
      clearTimeout(timer);
      timer = setTimeout(end, milliseconds);
    };
    const heard = (): void => {
      if (ipv4 !== undefined && ipv6 !== undefined) end();
      else if (Array.isArray(ipv4 ?? ipv6)) endWithin(OTHER_FAMILY_MS);
    };
    endWithin(LIMIT_MS);
    resolver.resolve4(name, (error, addresses) => {
      ipv4 = familyAnswer(error, addresses);
      heard();
    });
    resolver.resolve6(name, (error, addresses) => {
      ipv6 = familyAnswer(error, addresses);
      heard();
    });
  });
}

function familyAnswer(error: NodeJS.ErrnoException | null, addresses: readonly string[] | undefined): FamilyAnswer {
  if (error !== null) return error.code ?? error.name;
  return addresses === undefined || addresses.length === 0 ? "ENODATA" : addresses;
}

/** ENOTFOUND is NXDOMAIN, ENODATA an answer without addresses. */
const NONE: ReadonlySet<string> = new Set(["ENOTFOUND", "ENODATA"]);

function judged(ipv4: FamilyAnswer = "ETIMEOUT", ipv6: FamilyAnswer = "ETIMEOUT"): NameAnswer {
  if (typeof ipv4 === "object" || typeof ipv6 === "object") {
    return {
      kind: "addresses",
      ipv4: typeof ipv4 === "object" ? ipv4 : [],
      ipv6: typeof ipv6 === "object" ? ipv6 : [],
    };
  }
  const code = [ipv4, ipv6].find((answer) => !NONE.has(answer));
  return code === undefined ? { kind: "none" } : { kind: "failed", code };
}
