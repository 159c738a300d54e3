/** Where a server is asked, as text and in parts: `http://HOST:PORT`, `https://HOST:PORT` or `unix:PATH`. */
import { err, ok, type Result } from "../../shared/result.ts";
import { failure, type Failure } from "./failure.ts";

export interface ServerAddress {
  /** As it is told. */
  readonly text: string;
  readonly secure: boolean;
  /** Where to connect. */
  readonly socketPath: string | undefined;
  /** Host and port; of a socket what the `Host` header has. */
  readonly url: URL;
}

/** `said`: by what: `--server`, `GEOSTEER_SERVER`. */
export function parseServerAddress(text: string, said: string): Result<ServerAddress, Failure> {
  const refused = (wanted: string) => err(failure("bad-server", `${said} ${text}: ${wanted}`));
  if (text.startsWith("unix:")) {
    const socketPath = text.slice("unix:".length).replace(/^\/\/(?=\/)/, "");
    return socketPath === ""
      ? refused("give the path of a socket, such as unix:/run/geosteer/control.sock")
      : ok(socketAddress(socketPath));
  }
  if (/^[./]/.test(text)) return refused(`a path is written unix:${text}`);
  const url = /^https?:\/\/./.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return refused("give http://HOST:PORT, https://HOST:PORT or unix:PATH");
  if (url.username !== "" || url.password !== "")
    return refused("no user here; a token goes in --token-file or GEOSTEER_TOKEN");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") return refused(`give ${url.origin} alone`);
  return ok({ text: url.origin, secure: url.protocol === "https:", socketPath: undefined, url });
}

export function socketAddress(socketPath: string): ServerAddress {
  return { text: `unix:${socketPath}`, secure: false, socketPath, url: new URL("http://localhost") };
}
