/** The files of the HTTP server, as they are found in their folder. */
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { newToken, TOKEN_OCTETS } from "../../src/admin/tokens/new-token.ts";
import type { CertificateFiles } from "../../src/admin/listeners/certificate.ts";
import { createHttpFiles } from "../../src/app/http-files.ts";
import { recordingLogger } from "../support/recording-logger.ts";

describe("createHttpFiles", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "geosteer-"));
    onTestFinished(() => rm(folder, { recursive: true }));
  });

  const filesIn = (from: string) => {
    const { logger, lines } = recordingLogger();
    const told: CertificateFiles[] = [];
    const files = createHttpFiles({ folder: from }, { logger, onCertificate: (one) => told.push(one) });
    onTestFinished(() => files.stop());
    return { files, lines, told };
  };

  test("paths count from the folder that is given, not from that of the process", async () => {
    const made = newToken("ada", "operate", new Uint8Array(TOKEN_OCTETS));
    if (!made.ok) throw new Error(made.error);
    await writeFile(path.join(folder, "tokens"), made.value.line);
    const { files, lines } = filesIn(folder);
    await files.use({ hosts: [], tokens: "tokens", tls: undefined }, false);
    expect(files.tokens.find(made.value.token)).toMatchObject({ name: "ada", role: "operate" });
    expect(lines).toEqual([]);
  });

  test.for(["fifo", "folder", "/dev/zero"])("%s is refused at once", async (name) => {
    if (name === "fifo") execFileSync("mkfifo", [path.join(folder, name)]);
    const file = name === "folder" ? folder : path.resolve(folder, name);
    const problem = `${file}: it is no regular file`;
    const { files, lines } = filesIn(folder);
    await files.use({ hosts: [], tokens: file, tls: { certificate: file, key: file } }, false);
    expect(files.certificate()).toBeUndefined();
    expect(lines.map((line) => line["problem"])).toEqual([problem, problem]);
  });

  test("a certificate that could not be read at first is told when it can be", async () => {
    const tls = { certificate: "api.pem", key: "api.key" };
    const { files, told } = filesIn(folder);
    await files.use({ hosts: [], tokens: undefined, tls }, false);
    await writeFile(path.join(folder, "api.pem"), "certificate");
    await writeFile(path.join(folder, "api.key"), "key");
    await files.use({ hosts: [], tokens: undefined, tls }, false);
    expect(told).toEqual([{ certificate: "certificate", key: "key" }]);
  });
});
