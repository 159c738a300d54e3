/**
 * Which server a command asks, and with which token: what the command line says, then the environment, then the control
 * socket of the configuration, which may be broken but for the keys that name the socket.
 */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import path from "node:path";
import { controlPath } from "../../app/control-path.ts";
import { readControlKeys } from "../../config/control-keys.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { failure, type Failure } from "./failure.ts";
import { parseServerAddress, socketAddress, type ServerAddress } from "./server-address.ts";

export interface ServerOptions {
  readonly server?: string;
  readonly config?: string;
  readonly tokenFile?: string;
}

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From where paths count. */
  readonly folder: string;
}

export interface FoundServer {
  readonly address: ServerAddress;
  readonly token: Token | undefined;
}

export interface Token {
  readonly value: string;
  /** Where it is from, for messages. */
  readonly from: string;
}

/** Where a configuration is looked for that is not named. */
const CONFIGURATIONS = ["geosteer.yaml", "/etc/geosteer/geosteer.yaml"];

/** Octets; the sections that name the socket are looked for in as many. */
const MOST_READ = 64 * 2 ** 20;

/** Octets of a token, and of a file that does not say how long it is. */
const SHORT = 4096;

const { O_RDONLY, O_NONBLOCK } = constants;

/** Where systemd puts the state of a service of this name; the user's own environment does not tell. */
const SERVICE_FOLDER = "/var/lib/geosteer";

export function findServer(options: ServerOptions, around: Surroundings): Result<FoundServer, Failure> {
  const token = tokenOf(options, around);
  if (!token.ok) return token;
  const address = addressOf(options, around);
  return address.ok ? ok({ address: address.value, token: token.value }) : address;
}

function addressOf({ server, config }: ServerOptions, { env, folder }: Surroundings): Result<ServerAddress, Failure> {
  if (server !== undefined) return parseServerAddress(server, "--server");
  const named = config === undefined ? env["GEOSTEER_SERVER"] : undefined;
  if (named) return parseServerAddress(named, "GEOSTEER_SERVER");
  const tried: string[] = [];
  for (const name of config === undefined ? CONFIGURATIONS : [config]) {
    const configFile = path.resolve(folder, name);
    const text = startOf(configFile, MOST_READ, O_RDONLY | O_NONBLOCK);
    if (!text.ok) {
      tried.push(`${name} (${text.error})`);
      continue;
    }
    for (const socket of socketsOf(configFile, text.value, env["STATE_DIRECTORY"])) {
      if (socket === undefined) tried.push(`${name} (listen.control is off)`);
      else if (isSocket(socket)) return ok(socketAddress(socket));
      else tried.push(`${socket} (of ${name}: no such socket)`);
    }
  }
  const told =
    "name the server with --server URL or unix:PATH, with GEOSTEER_SERVER, or its configuration with --config FILE";
  return err(failure("no-server", `no running server found; tried ${tried.join(", ")}; ${told}`));
}

/** The sockets that a server of this configuration may have; undefined = it is to have none. */
function socketsOf(configFile: string, text: string, own: string | undefined): readonly (string | undefined)[] {
  const keys = readControlKeys(text);
  const folders = [own, undefined, SERVICE_FOLDER];
  return [...new Set(folders.map((stateDirectory) => controlPath({ configFile, ...keys, stateDirectory })))];
}

function isSocket(file: string): boolean {
  try {
    return statSync(file).isSocket();
  } catch (cause) {
    // One in a folder that this user may not look into may be there: the attempt to connect says what is wrong.
    return (cause as NodeJS.ErrnoException).code === "EACCES";
  }
}

/** The first octets of a file as text, or why it cannot be read. `flags`: without waiting for a writer, or with. */
function startOf(file: string, most: number, flags: number): Result<string, string> {
  try {
    const descriptor = openSync(file, flags);
    try {
      const octets = Buffer.alloc(Math.min(most, fstatSync(descriptor).size || SHORT));
      let length = 0;
      for (let read = -1; read !== 0 && length < octets.length; length += read) {
        read = readSync(descriptor, octets, length, octets.length - length, null);
      }
      return ok(octets.toString("utf8", 0, length));
    } finally {
      closeSync(descriptor);
    }
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    return err(WHY[code ?? ""] ?? code ?? "not readable");
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "no such file",
  ENOTDIR: "no such file",
  EACCES: "this user may not read it",
  EISDIR: "a folder",
};

function tokenOf({ tokenFile }: ServerOptions, { env, folder }: Surroundings): Result<Token | undefined, Failure> {
  if (tokenFile === undefined) {
    const value = env["GEOSTEER_TOKEN"]?.trim();
    return value ? checked({ value, from: "GEOSTEER_TOKEN" }) : ok(undefined);
  }
  const from = `--token-file ${tokenFile}`;
  const text = startOf(path.resolve(folder, tokenFile), SHORT, O_RDONLY);
  if (!text.ok) return err(failure("token-unreadable", `${from}: ${text.error}; give a file that holds a token alone`));
  return checked({ value: text.value.trim(), from });
}

/** What a header can hold (RFC 6750 section 2.1), so that no line of the file becomes another header. */
function checked(token: Token): Result<Token, Failure> {
  if (/^[\w.~+/-]+=*$/.test(token.value)) return ok(token);
  return err(failure("token-unreadable", `${token.from}: no token; give the text that geosteer token printed, alone`));
}
