/**
 * The admin HTTP server: pages in plain text, and the API where there is a desk to serve. One table of routes behind up
 * to two doors: an address, with TLS where it is configured, and the control socket.
 */
import type { FastifyRequest } from "fastify";
import type { Control } from "../control/control.ts";
import { type ListenError, listenError } from "../shared/listen-error.ts";
import type { Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Metrics } from "../telemetry/metrics.ts";
import { createRefusals } from "./access/refusals.ts";
import type { Door } from "./access/who-asks.ts";
import { createEventStreams } from "./api/event-streams.ts";
import { serveApi } from "./api/serve-api.ts";
import {
  type Certificate,
  type CertificateFiles,
  type SecureOptions,
  readCertificate,
} from "./listeners/certificate.ts";
import { type ControlSocket, openControlSocket } from "./listeners/control-socket.ts";
import { type OpenDoor, openDoor } from "./open-door.ts";
import { API_PAGES } from "./routes/api-pages.ts";
import { healthRoutes, type Health } from "./routes/health.ts";
import { indexRoute } from "./routes/index-page.ts";
import { metricsRoutes } from "./routes/metrics.ts";
import type { TokenTable } from "./tokens/token-table.ts";

export interface HttpServerOptions {
  /** The address; port 0 = any free one. Undefined = none. */
  readonly http?: { readonly host: string; readonly port: number } | undefined;
  /** TLS on the address; undefined = none. */
  readonly tls?: CertificateFiles | undefined;
  /** The path of the control socket; undefined = none. */
  readonly control?: string | undefined;
}

export interface HttpServerDeps {
  readonly metrics: Pick<Metrics, "exposition">;
  readonly health: Health;
  /** Names under which it may be asked, beside localhost and addresses: `api.hosts`. */
  readonly hosts: () => readonly string[];
  readonly logger: Logger;
  /** What the API serves; undefined = no API, and no control socket. */
  readonly control?: Control | undefined;
  /** Undefined = no token is known: reading on loopback and the control socket remain. */
  readonly tokens?: Pick<TokenTable, "find"> | undefined;
  /** The user id of whoever is at the other end of a Unix socket, by its descriptor; undefined where it is not known. */
  readonly peerUser?: ((descriptor: number) => number | undefined) | undefined;
}

export interface HttpServer {
  /**
   * The address that cannot be listened on fails the start. With a certificate that is of no use there is no address
   * until one comes that is; the control socket is only missed. The log says why.
   */
  start(): Promise<Result<Listening, ListenError>>;
  /** Takes a renewed certificate for connections from now on. Why not: what was there before is kept, and logged. */
  setCertificate(files: CertificateFiles): Result<void, string>;
  /** Requests under way have a second to finish. */
  stop(): Promise<void>;
}

export interface Listening {
  /** Undefined where no address is configured, or its certificate is of no use. */
  readonly url: string | undefined;
  /** The path of the control socket, where there is one. */
  readonly control: string | undefined;
}

/** Milliseconds; a stop of the whole process takes at most five seconds. */
const STOP_LIMIT = 1000;

const CONTROL_USER = "control socket";

export function createHttpServer(options: HttpServerOptions, deps: HttpServerDeps): HttpServer {
  const { http, tls, control: controlPath } = options;
  const { control, logger } = deps;
  const pages = [...metricsRoutes(deps.metrics), ...healthRoutes(deps.health)];
  const listed = control === undefined ? pages : [...pages, ...API_PAGES];
  const table = [indexRoute(listed), ...pages];
  const api = control && {
    control,
    tokens: deps.tokens,
    streams: createEventStreams(control, { run: Date.now().toString(36) }),
    refusals: createRefusals({ control, logger, clock: Date.now }),
    clock: Date.now,
    userOf: ({ raw }: FastifyRequest) => userAt(raw, deps.peerUser),
  };
  const opened: OpenDoor[] = [];
  let address: OpenDoor | undefined;
  let socket: ControlSocket | undefined;
  let isStopped = false;

  const open = (door: Door, secure?: SecureOptions): OpenDoor => {
    const one = openDoor({ door, pages: table, listed, secure }, deps);
    const { server, goOn, pause } = one;
    if (api !== undefined) void server.register(async (scope) => serveApi(scope, door, { ...api, goOn, pause }));
    opened.push(one);
    return one;
  };

  const warnIfExpired = ({ validTo }: Certificate): void => {
    if (validTo.getTime() >= Date.now()) return;
    logger.warn({ validTo: validTo.toISOString() }, "the certificate of api.tls has expired: clients will refuse it");
  };

  const startAddress = async (
    { host, port }: NonNullable<typeof http>,
    secure: SecureOptions | undefined,
  ): Promise<Result<string, ListenError>> => {
    const at = host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
    address = open({ kind: "network", host }, secure);
    try {
      const url = await address.server.listen({ host, port });
      return ok(secure === undefined ? url : url.replace(/^http:/, "https:"));
    } catch (error) {
      const errno = errnoOf(error);
      if (errno === undefined) throw error;
      return err(listenError({ errno, address: at, protocol: "TCP", key: "listen.http" }));
    }
  };

  /** With a certificate that has come after the start. */
  const startLate = async (at: NonNullable<typeof http>, secure: SecureOptions): Promise<void> => {
    const url = await startAddress(at, secure);
    if (url.ok) logger.info({ http: url.value }, "the HTTP server has its address");
    else logger.error({ problem: url.error.message }, "the HTTP server has no address");
  };

  const startControl = async (file: string): Promise<string | undefined> => {
    const made = await openControlSocket(file, (bound) => open({ kind: "control" }).server.listen({ path: bound }));
    if (made.ok) {
      socket = made.value;
      return file;
    }
    logger.warn({ problem: made.error }, "there is no control socket: commands need a token, or nothing is changed");
    return undefined;
  };

  const stop = async (): Promise<void> => {
    isStopped = true;
    socket?.remove();
    api?.streams.close();
    await Promise.all(opened.map(closeWithin));
  };

  return {
    async start() {
      const secure = tls && readCertificate(tls);
      if (secure?.ok === true) warnIfExpired(secure.value);
      else if (secure !== undefined) {
        const told = "the HTTP server has no address until the certificate is of use";
        logger.error({ problem: `api.tls: ${secure.error}` }, told);
      }
      const url = http && secure?.ok !== false ? await startAddress(http, secure?.value.options) : undefined;
      if (url?.ok === false) {
        await stop();
        return url;
      }
      const path = control && controlPath !== undefined ? await startControl(controlPath) : undefined;
      return ok({ url: url?.value, control: path });
    },
    setCertificate(files) {
      const secure = readCertificate(files);
      if (!secure.ok) {
        logger.error({ problem: `api.tls: ${secure.error}` }, "the new certificate is not used");
        return secure;
      }
      warnIfExpired(secure.value);
      if (address !== undefined) address.setSecure(secure.value.options);
      else if (http !== undefined && tls !== undefined && !isStopped) void startLate(http, secure.value.options);
      return ok(undefined);
    },
    stop,
  };
}

async function closeWithin({ server, closeConnections }: OpenDoor): Promise<void> {
  const limit = setTimeout(closeConnections, STOP_LIMIT);
  await server.close();
  clearTimeout(limit);
}

function userAt({ socket }: FastifyRequest["raw"], peerUser: HttpServerDeps["peerUser"]): string {
  // Node tells the descriptor of a socket nowhere else.
  const descriptor = (socket as unknown as { _handle?: { fd?: number } })._handle?.fd ?? -1;
  const user = descriptor < 0 ? undefined : peerUser?.(descriptor);
  return user === undefined ? CONTROL_USER : `uid:${user}`;
}

function errnoOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
