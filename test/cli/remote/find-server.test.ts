import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findServer, type FoundServer, type ServerOptions } from "../../../src/cli/remote/find-server.ts";

let folder: string;
const server = createServer();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "geosteer-"));
  mkdirSync(path.join(folder, "state"));
  server.listen(path.join(folder, "state/control.sock"));
  await once(server, "listening");
  writeFileSync(path.join(folder, "with-state.yaml"), "state: { file: state/s.db }\nprofiles: [[[\n");
  writeFileSync(path.join(folder, "with-socket.yaml"), "listen:\n  control: state/control.sock\nzones: }{\n");
  writeFileSync(path.join(folder, "off.yaml"), "listen: { control: off }\n");
  writeFileSync(path.join(folder, "other.yaml"), "listen: { control: nowhere.sock }\n");
  writeFileSync(path.join(folder, "token"), "\n  geosteer_abc-_~  \n");
  writeFileSync(path.join(folder, "no-token"), "two words\n");
  writeFileSync(path.join(folder, "empty"), "");
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

type Env = Readonly<Record<string, string>>;

function found(options: ServerOptions, env: Env = {}): FoundServer | string {
  const result = findServer(options, { env, folder });
  return result.ok ? result.value : result.error.message.replaceAll(folder, "FOLDER");
}

function foundAt(options: ServerOptions, env: Env = {}): string {
  const result = found(options, env);
  return typeof result === "string" ? result : result.address.text.replaceAll(folder, "FOLDER");
}

describe("findServer: where", () => {
  const socket = "unix:FOLDER/state/control.sock";

  test.for([
    [
      "--server before all else",
      { server: "http://127.0.0.1:8053" },
      { GEOSTEER_SERVER: "http://other" },
      "http://127.0.0.1:8053",
    ],
    ["GEOSTEER_SERVER", {}, { GEOSTEER_SERVER: "https://ns1.example.net:8443" }, "https://ns1.example.net:8443"],
    ["--config before GEOSTEER_SERVER", { config: "with-state.yaml" }, { GEOSTEER_SERVER: "http://other" }, socket],
    ["the state file of a broken configuration", { config: "with-state.yaml" }, {}, socket],
    ["the socket of a broken configuration", { config: "with-socket.yaml" }, {}, socket],
  ] as const)("%s", ([, options, env, wanted]) => {
    expect(foundAt(options, env)).toBe(wanted);
  });

  test("$STATE_DIRECTORY, where the configuration says nothing", () => {
    writeFileSync(path.join(folder, "geosteer.yaml"), "zones: {}\n");
    const at = foundAt({}, { STATE_DIRECTORY: path.join(folder, "state") });
    rmSync(path.join(folder, "geosteer.yaml"));
    expect(at).toBe(socket);
  });

  test.for([
    [{ config: "off.yaml" }, "off.yaml (listen.control is off)"],
    [{ config: "other.yaml" }, "FOLDER/nowhere.sock (of other.yaml: no such socket)"],
    [{ config: "none.yaml" }, "none.yaml (no such file)"],
    [{ config: "state" }, "state (a folder)"],
    [{}, "geosteer.yaml (no such file), /etc/geosteer/geosteer.yaml (no such file)"],
  ] as const)("%o: what was tried is told, and how to say it", ([options, tried]) => {
    expect(found(options)).toBe(
      `no running server found; tried ${tried}; name the server with --server URL or unix:PATH, with GEOSTEER_SERVER, or its configuration with --config FILE`,
    );
  });

  test.for([
    ["127.0.0.1:8053", "--server 127.0.0.1:8053: give http://HOST:PORT, https://HOST:PORT or unix:PATH"],
    ["./control.sock", "--server ./control.sock: a path is written unix:./control.sock"],
    ["unix:", "--server unix:: give the path of a socket, such as unix:/run/geosteer/control.sock"],
    ["http://a/api/v1", "--server http://a/api/v1: give http://a alone"],
    ["http://u:p@a", "--server http://u:p@a: no user here; a token goes in --token-file or GEOSTEER_TOKEN"],
    ["ftp://a", "--server ftp://a: give http://HOST:PORT, https://HOST:PORT or unix:PATH"],
  ] as const)("--server %s is refused", ([text, message]) => {
    expect(found({ server: text })).toBe(message);
  });
});

describe("findServer: the token", () => {
  const server = "http://127.0.0.1:8053";

  function token(options: ServerOptions, env: Env = {}): unknown {
    const result = found({ server, ...options }, env);
    return typeof result === "string" ? result : result.token;
  }

  test.for([
    ["none", {}, {}, undefined],
    ["an empty variable is none", {}, { GEOSTEER_TOKEN: "" }, undefined],
    ["GEOSTEER_TOKEN", {}, { GEOSTEER_TOKEN: "abc" }, { value: "abc", from: "GEOSTEER_TOKEN" }],
    [
      "--token-file before it, spaces around aside",
      { tokenFile: "token" },
      { GEOSTEER_TOKEN: "abc" },
      { value: "geosteer_abc-_~", from: "--token-file token" },
    ],
    [
      "a file that holds something else",
      { tokenFile: "no-token" },
      {},
      "--token-file no-token: no token; give the text that geosteer token printed, alone",
    ],
    [
      "a file that is empty",
      { tokenFile: "empty" },
      {},
      "--token-file empty: no token; give the text that geosteer token printed, alone",
    ],
    [
      "a file that is not there",
      { tokenFile: "none" },
      {},
      "--token-file none: no such file; give a file that holds a token alone",
    ],
    [
      "one that would be another header",
      {},
      { GEOSTEER_TOKEN: "a\r\nHost: b" },
      "GEOSTEER_TOKEN: no token; give the text that geosteer token printed, alone",
    ],
  ] as const)("%s", ([, options, env, wanted]) => {
    expect(token(options, env)).toEqual(wanted);
  });

  test("a file without an end is read a little", () => {
    expect(token({ tokenFile: "/dev/zero" })).toContain("no token");
  });
});
