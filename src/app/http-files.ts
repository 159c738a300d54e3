/** The files of the HTTP server: tokens, certificate and key. Read anew when they change; what is of no use changes nothing. */
import { constants } from "node:fs";
import { open } from "node:fs/promises";
import path from "node:path";
import type { CertificateFiles } from "../admin/listeners/certificate.ts";
import { createTokenTable, type TokenTable } from "../admin/tokens/token-table.ts";
import type { Settings } from "../config/settings.ts";
import type { Logger } from "../shared/ports.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { createFileWatcher } from "./watch/file-watcher.ts";

export interface HttpFiles {
  readonly tokens: TokenTable;
  /** Reads all files that the settings name, and watches them from now on. */
  use(api: Settings["api"], isWatched: boolean): Promise<void>;
  /** Undefined where none is configured, or cannot be read. */
  certificate(): CertificateFiles | undefined;
  stop(): void;
}

export interface HttpFilesOptions {
  /** From where the paths of the settings count. */
  readonly folder: string;
}

export interface HttpFilesDeps {
  readonly logger: Logger;
  /** Is told a certificate that was read after the first use of the settings. */
  readonly onCertificate: (files: CertificateFiles) => void;
}

/** Octets; thousands of tokens, and any chain of certificates. */
const LARGEST = 2 ** 20;

export function createHttpFiles({ folder }: HttpFilesOptions, { logger, onCertificate }: HttpFilesDeps): HttpFiles {
  const tokens = createTokenTable({ logger });
  let api: Settings["api"] | undefined;
  let certificate: CertificateFiles | undefined;
  /** Whether who uses them has been given those of the start. */
  let isUsed = false;

  const readTokens = async (file: string): Promise<void> => {
    const read = await readText(file);
    if (read.ok) return void tokens.replace(read.value, file);
    logger.error({ problem: `${file}: ${read.error}` }, "the file of tokens is not used; those before it count on");
  };

  const readCertificate = async (files: NonNullable<Settings["api"]["tls"]>): Promise<void> => {
    const [chain, key] = await Promise.all([readText(files.certificate), readText(files.key)]);
    if (chain.ok && key.ok) {
      certificate = { certificate: chain.value, key: key.value };
      if (isUsed) onCertificate(certificate);
      return;
    }
    const problem = chain.ok
      ? `${files.key}: ${(key as { error: string }).error}`
      : `${files.certificate}: ${chain.error}`;
    logger.error({ problem }, "the certificate of the HTTP server cannot be read");
  };

  const read = async (changed?: readonly string[]): Promise<void> => {
    const isAsked = (file: string): boolean => changed === undefined || changed.includes(file);
    const { tokens: file, tls } = api!;
    if (file !== undefined && isAsked(file)) await readTokens(file);
    if (tls !== undefined && (isAsked(tls.certificate) || isAsked(tls.key))) await readCertificate(tls);
  };

  const watcher = createFileWatcher({}, { logger, onChange: (files) => void read(files) });

  return {
    tokens,
    async use({ tokens: file, tls, ...rest }, isWatched) {
      const before = api;
      const next = {
        ...rest,
        tokens: file && path.resolve(folder, file),
        tls: tls && { certificate: path.resolve(folder, tls.certificate), key: path.resolve(folder, tls.key) },
      };
      api = next;
      if (before?.tokens !== undefined && next.tokens === undefined) tokens.replace("", "no file");
      await read();
      isUsed = true;
      const files = [next.tokens, next.tls?.certificate, next.tls?.key].filter((file) => file !== undefined);
      watcher.watch(isWatched ? files.map((file) => ({ file })) : []);
    },
    certificate: () => certificate,
    stop: () => watcher.stop(),
  };
}

async function readText(file: string): Promise<Result<string, string>> {
  try {
    // Non-blocking: nobody may ever write to a FIFO, and each that waits for it holds a thread of Node's pool.
    const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
    try {
      if (!(await handle.stat()).isFile()) return err("it is no regular file");
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(LARGEST + 1), 0, LARGEST + 1, 0);
      if (bytesRead > LARGEST) return err(`more than ${LARGEST} octets`);
      return ok(buffer.toString("utf8", 0, bytesRead));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    return err((cause as Error).message);
  }
}
