/** What went wrong between a command and its server, in words that say what to do. */
import type { IncomingMessage } from "node:http";
import { EXIT } from "../exit-codes.ts";
import { failure, type Failure } from "./failure.ts";
import type { FoundServer } from "./find-server.ts";

/** No connection, or one that broke. */
export function unreached({ address: { text, socketPath } }: FoundServer, error: NodeJS.ErrnoException): Failure {
  const code = error.code ?? "";
  if (code === "EACCES" && socketPath !== undefined) {
    return failure(
      "not-allowed",
      `${text}: this user may not use the socket; use the server's user, or join the socket's group`,
    );
  }
  const why = socketPath === undefined ? UNREACHED[code] : (OF_SOCKETS[code] ?? UNREACHED[code]);
  if (why !== undefined) return failure("not-reached", `${text}: ${why}`);
  if (/^(?:ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_SSL|HOSTNAME_)/.test(code)) {
    const told = code === "ERR_SSL_WRONG_VERSION_NUMBER" || code === "ERR_SSL_PACKET_LENGTH_TOO_LONG";
    if (told) return failure("not-reached", `${text}: no TLS is spoken there; try http://`);
    return failure(
      "not-trusted",
      `${text}: its certificate is not trusted (${code}); NODE_EXTRA_CA_CERTS=FILE adds an authority`,
    );
  }
  return failure("not-reached", `${text}: the connection failed with ${code || error.message}`);
}

const UNREACHED: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nobody listens there; is geosteer running, and is this its listen.http?",
  ECONNRESET: "the connection was cut; is it geosteer, and http or https as it is there?",
  EPIPE: "the connection was cut; is it geosteer?",
  ENOTFOUND: "no such host",
  EAI_AGAIN: "the host's name could not be looked up",
  EHOSTUNREACH: "no way to this host",
  ENETUNREACH: "no way to this network",
  ETIMEDOUT: "nobody answered in time",
  HPE_INVALID_CONSTANT: "what answers there speaks no HTTP",
};

const OF_SOCKETS: Readonly<Record<string, string>> = {
  ENOENT: "no such socket; is geosteer running with this configuration?",
  ECONNREFUSED: "nobody listens on this socket any more; is geosteer running?",
  ENOTSOCK: "no socket",
  EINVAL: "the path is longer than that of a socket may be (107 octets)",
};

interface Problem {
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
}

/** An answer that is no success. */
export function refusal(
  { address, token }: FoundServer,
  { statusCode = 0, headers }: IncomingMessage,
  text: string,
): Failure {
  const problem = problemOf(headers["content-type"] ?? "", text);
  const told = problem?.detail ?? problem?.title;
  if (statusCode === 401) {
    const known = `the server does not know the token of ${token?.from}`;
    const wanted = "it wants a token: --token-file FILE or GEOSTEER_TOKEN; geosteer token makes one";
    return failure("not-allowed", `${address.text}: ${token === undefined ? wanted : known}`);
  }
  if (statusCode === 403) {
    const whose = token === undefined ? "without a token" : `with the token of ${token.from}`;
    return failure("not-allowed", `${address.text}: not allowed ${whose}: ${told ?? "no reason is told"}`);
  }
  if (problem === undefined && statusCode < 500) {
    const what = `what answers there has no such page (HTTP ${statusCode})`;
    return failure("no-api", `${address.text}: ${what}; is it geosteer, and as new as this command?`);
  }
  const remedy = REMEDIES[problem?.code ?? ""];
  return {
    code: problem?.code ?? "refused",
    message: [told ?? `${address.text}: the server failed (HTTP ${statusCode})`, remedy].filter(Boolean).join("; "),
    exit: EXIT.failed,
  };
}

/** What the command line has for a problem. */
const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  "matches-nothing": "--pending sets it for endpoints to come",
  "would-empty": "--dry-run shows what would be answered, --force sets it nevertheless",
  busy: "try again in a moment",
  stopping: "try again in a moment",
};

function problemOf(contentType: string, text: string): Problem | undefined {
  if (!contentType.startsWith("application/problem+json")) return undefined;
  try {
    const value = JSON.parse(text) as Problem | null;
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
