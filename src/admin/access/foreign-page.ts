/**
 * Whether a browser asks for a page of another site. Such a page can send a request and not read the answer; a change
 * would be made all the same. The token or the Unix socket are out of its reach, so this is a second lock.
 *
 * Fetch Metadata (https://www.w3.org/TR/fetch-metadata/) tells of it in every browser since 2023; `Origin` (RFC 6454) in
 * all. Whoever follows a link to something that is read is let in.
 */
import type { IncomingHttpHeaders } from "node:http";

export function isForeignPage(method: string, headers: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  const isLink = (method === "GET" || method === "HEAD") && headers["sec-fetch-mode"] === "navigate";
  if (site !== undefined && site !== "same-origin" && site !== "none" && !isLink) return true;
  const { origin, host } = headers;
  if (origin === undefined) return false;
  // The scheme is not compared: a proxy in front may take TLS off.
  return !URL.canParse(origin) || new URL(origin).host !== hostOf(host);
}

/** As `URL` writes it: in lower case, without the port where it is the scheme's own. */
function hostOf(host: string | undefined): string | undefined {
  const url = `http://${host ?? ""}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
