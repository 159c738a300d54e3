/**
 * Where a redirect leads (RFC 9110 section 15.4): to the same host, at the same port or the one of its scheme. Elsewhere is
 * another endpoint, which says nothing of this one and must not get its headers. Pure.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import type { HttpAnswer, HttpRequest } from "./http-message.ts";

/** A request, and the port that it goes to. */
export interface Redirected {
  readonly request: HttpRequest;
  readonly port: number;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** RFC 9110 section 4.2: the ports that a URL leaves out. */
export const DEFAULT_PORT = { http: 80, https: 443 } as const;

export function isRedirect({ status, fields }: Pick<HttpAnswer, "status" | "fields">): boolean {
  return REDIRECTS.has(status) && fields.get("location") !== undefined;
}

/** The error says what is wrong, and quotes nothing. `port` is the one that was asked. */
export function followRedirect(
  { request, port }: Redirected,
  { status, fields }: Pick<HttpAnswer, "status" | "fields">,
): Result<Redirected, string> {
  const from = URL.parse(`${request.scheme}://${request.authority}${request.path}`);
  const to = from && URL.parse(fields.get("location")!, from.href);
  const scheme = to?.protocol === "https:" ? "https" : to?.protocol === "http:" ? "http" : undefined;
  if (from === null || to == null || scheme === undefined) return err("to what is no URL of HTTP");
  if (to.hostname !== from.hostname) return err("to another host");
  if (request.scheme === "https" && scheme === "http") return err("from https to http");
  const wantedPort = Number(to.port) || DEFAULT_PORT[scheme];
  const isSame = wantedPort === port || wantedPort === (Number(from.port) || DEFAULT_PORT[request.scheme]);
  if (!isSame && wantedPort !== DEFAULT_PORT[scheme]) return err("to another port");
  const keepsBody = request.method !== "POST" || status === 307 || status === 308;
  return ok({
    request: {
      ...request,
      ...(!keepsBody && asGet(request)),
      scheme,
      authority: to.host,
      path: to.pathname + to.search,
    },
    port: isSame ? port : wantedPort,
  });
}

/** RFC 9110 sections 15.4.2 to 15.4.4: a POST goes on as a GET, without what tells of its body. */
function asGet({ headers }: HttpRequest): Pick<HttpRequest, "method" | "headers"> {
  const { "content-length": _length, "content-type": _type, ...others } = headers;
  return { method: "GET", headers: others };
}
