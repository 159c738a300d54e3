/** Texts of configurations as they are kept: in gzip, which is read without geosteer too. Done beside the thread. */
import { gunzip, gzip } from "node:zlib";
import type { PackedText } from "./reads.ts";
import type { FileText } from "./records.ts";

export async function packTexts(files: readonly FileText[]): Promise<readonly PackedText[]> {
  const packed: PackedText[] = [];
  // One after the other: there are few threads for it, and lookups of hosts want them too.
  for (const { file, text } of files) {
    const octets = Buffer.from(text);
    packed.push({ file, size: octets.length, gzip: await compress(octets) });
  }
  return packed;
}

/** Undefined where one of them is not what was packed. */
export async function unpackTexts(packed: readonly PackedText[]): Promise<readonly FileText[] | undefined> {
  const files: FileText[] = [];
  for (const { file, size, gzip: octets } of packed) {
    const text = await decompress(octets, size);
    if (text?.length !== size) return undefined;
    files.push({ file, text: text.toString() });
  }
  return files;
}

function compress(octets: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    gzip(octets, (cause, result) => (cause === null ? resolve(result) : reject(cause)));
  });
}

function decompress(octets: Uint8Array, size: number): Promise<Buffer | undefined> {
  return new Promise((resolve) => {
    // 0 would be no limit.
    gunzip(octets, { maxOutputLength: Math.max(1, size) }, (cause, result) => {
      resolve(cause === null ? result : undefined);
    });
  });
}
