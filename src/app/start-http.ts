/** The HTTP server of a configuration: at its address, and at the control socket. */
import { createHttpServer, type HttpServer, type HttpServerDeps } from "../admin/http-server.ts";
import type { Settings } from "../config/settings.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { controlPath } from "./control-path.ts";
import type { HttpFiles } from "./http-files.ts";
import type { Place } from "./last-good.ts";
import { createPeerUser } from "./peer-user.ts";
import type { StartError } from "./start-error.ts";

export interface StartedHttp {
  readonly server: HttpServer;
  /** Undefined where it has no address. */
  readonly url: string | undefined;
}

export interface StartHttpDeps extends Omit<HttpServerDeps, "tokens" | "peerUser"> {
  readonly files: HttpFiles;
}

export async function startHttp(
  { listen, api, state, reload }: Settings,
  place: Place,
  { files, ...deps }: StartHttpDeps,
): Promise<Result<StartedHttp, StartError>> {
  await files.use(api, reload.watch);
  const control = controlPath({ ...place, control: listen.control, stateFile: state.file });
  const tls = api.tls && (files.certificate() ?? NO_CERTIFICATE);
  const all = { ...deps, tokens: files.tokens, peerUser: createPeerUser() };
  const server = createHttpServer({ http: listen.http, tls, control }, all);
  const started = await server.start();
  return started.ok ? ok({ server, url: started.value.url }) : err([started.error]);
}

/** Of no use: until one is, the server has no address. */
const NO_CERTIFICATE = { certificate: "", key: "" };
