/**
 * Who asks, and what they may. Over the control socket: whoever may open it, and everything. With a token: its name and
 * role. Without: reading, for this machine alone.
 *
 * Loopback is open where the server listens on a loopback address, the peer has one, and the request has come through no
 * proxy: behind one on the same machine every peer is loopback. A proxy that adds none of the headers below opens
 * reading to whomever it serves; that is its operator's to know (docs/api.md).
 */
import type { IncomingHttpHeaders } from "node:http";
import type { Actor } from "../../control/control.ts";
import type { Role } from "../tokens/role.ts";
import type { TokenTable } from "../tokens/token-table.ts";
import { formatPeer, isLoopback } from "./peer-network.ts";

export interface Caller {
  readonly actor: Actor;
  readonly role: Role;
}

/** The name of whoever has no token; tokens have no such names. */
export const NO_TOKEN = "no token";

export type NoCaller = "no-token" | "wrong-token";

/** Where a request has come in. */
export type Door =
  | { readonly kind: "control" }
  /** `host`: the address that is listened on. */
  | { readonly kind: "network"; readonly host: string };

/** The headers by which proxies tell of whom they ask for: RFC 7239, RFC 9110 section 7.6.3, and customs. */
const FORWARDED = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
] as const;

/** RFC 6750 section 2.1; the scheme's case does not matter (RFC 9110 section 11.1). */
const BEARER = /^bearer +([\w.~+/-]+=*)$/i;

export function isOpenFor(door: Door, peer: string | undefined, headers: IncomingHttpHeaders): boolean {
  if (door.kind === "control") return true;
  return isLoopback(door.host) && isLoopback(peer) && FORWARDED.every((name) => headers[name] === undefined);
}

/** A token that is given counts, also where none is needed: who is wrong in it is told so. */
export function callerOf(
  door: Door & { readonly kind: "network" },
  tokens: Pick<TokenTable, "find"> | undefined,
  peer: string | undefined,
  headers: IncomingHttpHeaders,
): Caller | NoCaller {
  const from = formatPeer(peer);
  if (headers.authorization !== undefined) {
    const [, text] = BEARER.exec(headers.authorization) ?? [];
    const token = text === undefined ? undefined : tokens?.find(text);
    if (token === undefined) return "wrong-token";
    const { name, role, reportsOf } = token;
    return { actor: { name, from, reportsOf }, role };
  }
  return isOpenFor(door, peer, headers) ? { actor: { name: NO_TOKEN, from }, role: "read" } : "no-token";
}
