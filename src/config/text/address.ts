/** Addresses that clients are sent to, networks in CIDR form and ranges, and addresses with a port. */
import {
  formatIpAddress,
  formatIpPrefix,
  type IpAddress,
  type IpPrefix,
  networkOf,
  parseIpAddress,
  parseIpPrefix,
  prefixContains,
} from "../../shared/ip-address.ts";
import { compareAddresses, prefixesOf, rangeBetween, rangeOfPrefix, type IpRange } from "../../shared/ip-range.ts";
import { IPV4_INSIDE } from "../../shared/ipv4-forms.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { type Purpose, specialNetworkOf } from "../../shared/special-purpose.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseHostName } from "./name.ts";

/** The address of an endpoint: one that a client can connect to. */
export function parseEndpointAddress(text: string): Result<IpAddress, Refusal> {
  const address = parseIpAddress(text);
  if (address === undefined) {
    return refuse("not an IP address", "an IPv4 or IPv6 address; a name belongs under host");
  }
  const special = specialNetworkOf(address);
  if (special === undefined || reachable.has(special.purpose)) return ok(address);
  return refuse(special.what, special.purpose === "form" ? ipv4Meant(address) : "one that clients can reach");
}

/** Clients may be on the operator's own network, or on the machine where something is tried. */
const reachable: ReadonlySet<Purpose> = new Set<Purpose>(["machine", "private", "local"]);

/** The address that is meant by one of the forms. */
export function ipv4Meant({ octets }: Pick<IpAddress, "octets">): string {
  return `${formatIpAddress({ family: 4, octets: octets.subarray(12) })}, the IPv4 address inside`;
}

export function parseNetwork(text: string): Result<IpPrefix, Refusal> {
  const prefix = parseIpPrefix(text);
  if (typeof prefix !== "string") {
    const isForm = IPV4_INSIDE.some((form) => form.length <= prefix.length && prefixContains(form, prefix.address));
    return isForm ? refuseNetwork(IPV4_CLIENTS, "the IPv4 network: clients count as IPv4") : ok(prefix);
  }
  const range = parseRange(text);
  if (range?.ok === true) {
    const networks = prefixesOf(range.value).map(formatIpPrefix);
    const some = networks.slice(0, SOME_NETWORKS).join(", ");
    return refuseNetwork(
      "a range",
      `networks in CIDR form: [${some}${networks.length > SOME_NETWORKS ? ", ..." : ""}]`,
    );
  }
  const [addressText = "", lengthText = ""] = text.split("/");
  const address = parseIpAddress(addressText);
  if (address === undefined) return refuseNetwork(NO_NETWORK, "one such as 10.20.0.0/16 or 2001:db8::/32");
  if (prefix === "length") {
    return refuseNetwork("bad prefix length", `a number from 0 to ${address.octets.length * 8} after the slash`);
  }
  const meant = formatIpPrefix(networkOf(address, Number(lengthText)));
  return refuseNetwork("host bits set in a network", `${meant}, or ${formatIpAddress(address)} for the one address`);
}

const NO_NETWORK = "not a network";
const SOME_NETWORKS = 4;
const IPV4_CLIENTS = "IPv6 addresses of IPv4 clients";

/** A network in CIDR form, or the first and the last of the addresses, `10.0.0.0-10.0.3.255`, as Azure has them too. */
export function parseClientNetwork(text: string): Result<IpRange, Refusal> {
  const range = parseRange(text);
  if (range !== undefined) return range;
  const network = parseNetwork(text);
  if (network.ok) return ok(rangeOfPrefix(network.value));
  if (network.error.what !== NO_NETWORK) return network;
  return refuseNetwork(NO_NETWORK, "one such as 10.20.0.0/16, or a range: 10.20.0.0-10.20.3.255");
}

/** Undefined = it is no two ends with something between them. */
function parseRange(text: string): Result<IpRange, Refusal> | undefined {
  const [from = "", to, ...more] = text.split(/[-\u2013\u2014]/).map((end) => end.trim());
  if (to === undefined || !(hasAddress(from) || hasAddress(to))) return undefined;
  const first = parseIpAddress(from);
  const last = parseIpAddress(to);
  if (first === undefined || last === undefined || more.length > 0) {
    return refuseNetwork(
      "not a range",
      (more.length === 0 && rangeMeant(from, to)) || "the first and the last address: 10.20.0.0-10.20.3.255",
    );
  }
  if (first.family !== last.family) {
    return refuseNetwork("a range from one family to the other", "two IPv4 or two IPv6 addresses");
  }
  if (compareAddresses(first, last) > 0) {
    return refuseNetwork("a range written backwards", `${formatIpAddress(last)}-${formatIpAddress(first)}`);
  }
  if (IPV4_INSIDE.some((form) => prefixContains(form, first) && prefixContains(form, last))) {
    return refuseNetwork(IPV4_CLIENTS, "the IPv4 range: clients count as IPv4");
  }
  return ok(rangeBetween(first, last));
}

function hasAddress(text: string): boolean {
  return parseIpAddress(text.split("/")[0]!) !== undefined;
}

/** Of `10.0.0.0-255`, and of two networks. */
function rangeMeant(from: string, to: string): string | undefined {
  const start = parseNetwork(from);
  if (!start.ok) return undefined;
  const behind = to.split(".");
  const isShort = /^[\d.]+$/.test(to) && !from.includes("/") && behind.length < 4;
  const end = parseNetwork(isShort ? [...from.split(".").slice(0, -behind.length), ...behind].join(".") : to);
  if (!end.ok) return undefined;
  const { first } = rangeOfPrefix(start.value);
  const { last } = rangeOfPrefix(end.value);
  if (first.family !== last.family || compareAddresses(first, last) > 0) return undefined;
  return `${formatIpAddress(first)}-${formatIpAddress(last)}`;
}

/** `192.0.2.1:53`, `[2001:db8::1]:53`. No names: what a process listens on must not depend on a resolver. */
export function parseListenAddress(text: string): Result<ListenAddress, Refusal> {
  const { host, port } = splitPort(text);
  const address = parseIpAddress(host);
  if (address === undefined || port === undefined || !isPort(port)) {
    return refuse("not a listening address", "ADDRESS:PORT, such as 127.0.0.1:53 or [::1]:53");
  }
  return ok({ host: formatIpAddress(address), port: Number(port) });
}

/** Where a probe connects to in place of what its endpoint serves. */
export interface ProbeAddress {
  /** A canonical address or a host name. */
  readonly host: string;
  readonly port: number | undefined;
}

/** `HOST`, `HOST:PORT`, `[IPV6]:PORT`, or an IPv6 address alone. */
export function parseProbeAddress(text: string): Result<ProbeAddress, Refusal> {
  const alone = parseIpAddress(text);
  if (alone !== undefined) return ok({ host: formatIpAddress(alone), port: undefined });
  const { host, port } = splitPort(text);
  const address = parseIpAddress(host);
  const name = address === undefined ? parseHostName(host) : ok(formatIpAddress(address));
  if (!name.ok || (port !== undefined && !isPort(port)) || port === "0") {
    return refuse("not a probe target", "HOST, HOST:PORT or [IPV6]:PORT");
  }
  return ok({ host: name.value, port: port === undefined ? undefined : Number(port) });
}

function splitPort(text: string): { readonly host: string; readonly port: string | undefined } {
  const [, bracketed, bare, port] = /^(?:\[([^\]]*:[^\]]*)\]|([^:[\]]*))(?::(.*))?$/.exec(text) ?? [];
  return { host: bracketed ?? bare ?? "", port };
}

function isPort(text: string): boolean {
  return /^(?:0|[1-9]\d{0,4})$/.test(text) && Number(text) <= 65_535;
}

function refuse(what: string, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-address", what, wanted });
}

function refuseNetwork(what: string, wanted: string): { readonly ok: false; readonly error: Refusal } {
  return err({ code: "bad-network", what, wanted });
}
