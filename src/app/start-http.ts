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
  const tls = api.tls && (files.certificate() ?? { certificate: "", key: "" });
  const all = { ...deps, tokens: files.tokens, peerUser: createPeerUser() };
  const server = createHttpServer({ http: listen.http, tls, control }, all);
  const started = await server.start();
  if (started.ok) return ok({ server, url: started.value.url });
  const { code, message } = started.error;
  if (code !== "bad-certificate") return err([{ code, message }]);
  // Names are answered whatever has become of a certificate.
  deps.logger.error({ problem: message }, "the HTTP server has no address: its certificate is of no use");
  const without = createHttpServer({ control }, all);
  await without.start();
  return ok({ server: without, url: undefined });
}
