/**
 * The Unix socket over which everything is allowed to whomever the file system lets open it: mode 0660, in a folder that
 * is the server's. A socket file that a dead server has left is replaced; that of a living one is not, and nothing that
 * is no socket ever.
 *
 * It is bound under another name and put in place when it has its mode, so that it is never open to more, and that two
 * servers that start at once do not take turns in removing each other's.
 */
import { randomBytes } from "node:crypto";
import { chmodSync, lstatSync, renameSync, rmSync, statSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { err, ok, type Result } from "../../shared/result.ts";

const MODE = 0o660;

/** Octets of a path: `sun_path` without its NUL (unix(7): 108; macOS: 104). */
const LONGEST_PATH = process.platform === "darwin" ? 103 : 107;

/** Milliseconds that a server with a full queue has to answer. */
const CONNECT_LIMIT = 1000;

export interface ControlSocket {
  /** Removes the file, if it is still this server's. */
  remove(): void;
}

/** Why there is no socket: `PATH: what, remedy`. `listen` binds the path that it is given. */
export async function openControlSocket(
  file: string,
  listen: (file: string) => Promise<unknown>,
): Promise<Result<ControlSocket, string>> {
  const bound = path.join(path.dirname(file), `.${randomBytes(6).toString("hex")}`);
  const longest = Math.max(Buffer.byteLength(file), Buffer.byteLength(bound));
  if (longest > LONGEST_PATH) {
    return err(
      `${file}: too long for a Unix socket by ${longest - LONGEST_PATH} octets; set listen.control to a shorter path`,
    );
  }
  try {
    const free = await whetherFree(file);
    if (!free.ok) return free;
    await listen(bound);
    chmodSync(bound, MODE);
    const own = lstatSync(bound);
    const meanwhile = inodeOf(file);
    if (meanwhile !== free.value) {
      rmSync(bound, { force: true });
      return err(`${file}: another server has put its socket there meanwhile; give each its own listen.control`);
    }
    renameSync(bound, file);
    return ok({
      remove() {
        if (inodeOf(file) === own.ino) rmSync(file, { force: true });
      },
    });
  } catch (error) {
    rmSync(bound, { force: true });
    return err(
      `${file}: the socket cannot be made: ${(error as NodeJS.ErrnoException).code ?? "unknown"}; check listen.control`,
    );
  }
}

/** The inode of the dead socket that is there, undefined where nothing is; or why nothing can be put there. */
async function whetherFree(file: string): Promise<Result<number | undefined, string>> {
  const folder = statSync(path.dirname(file), { throwIfNoEntry: false });
  if (folder === undefined) return err(`${file}: its folder does not exist; make it, or change listen.control`);
  if (!folder.isDirectory()) return err(`${file}: it is not in a folder; change listen.control`);
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there === undefined) return ok(undefined);
  if (!there.isSocket())
    return err(`${file}: there is something that is no socket, and is left alone; change listen.control`);
  const errno = await connectError(file);
  if (errno === "ECONNREFUSED" || errno === "ENOENT") return ok(there.ino);
  return errno === undefined
    ? err(`${file}: another server listens there; give each its own listen.control`)
    : err(
        `${file}: there is a socket, and whether a server listens there is not known (${errno}); remove it, or change listen.control`,
      );
}

/** Undefined = somebody listens. */
function connectError(file: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path: file });
    const settle = (errno: string | undefined): void => {
      socket.destroy();
      resolve(errno);
    };
    socket.setTimeout(CONNECT_LIMIT, () => settle("ETIMEDOUT"));
    socket.once("connect", () => settle(undefined));
    socket.once("error", (error: NodeJS.ErrnoException) => settle(error.code ?? "unknown"));
  });
}

function inodeOf(file: string): number | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.ino;
}
