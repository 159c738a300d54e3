/**
 * Under which names the server may be asked. A page on the web can make its own name lead to this server's address (DNS
 * rebinding): the browser of somebody in the network then asks here, and gives the page what it gets. The Host that it
 * sends is still the page's. It takes a name to do so: addresses are always allowed.
 */
import { parseIpAddress } from "../shared/ip-address.ts";

/** Whether a request with this Host is answered. Without one it is: no browser asks so. */
export function isHostAllowed(host: string | undefined, names: readonly string[]): boolean {
  if (host === undefined || host === "") return true;
  // RFC 9110 section 7.2: Host = uri-host [ ":" port ].
  const uriHost = host.replace(/:\d*$/, "");
  // RFC 3986 section 3.2.2: IP-literal = "[" ( IPv6address / IPvFuture ) "]".
  const literal = /^\[(.*)\]$/.exec(uriHost)?.[1];
  if (parseIpAddress(literal ?? uriHost) !== undefined) return true;
  const name = uriHost.toLowerCase().replace(/\.$/, "");
  // RFC 6761 section 6.3: names that fall within .localhost resolve to the loopback address.
  return name === "localhost" || name.endsWith(".localhost") || names.includes(name);
}
