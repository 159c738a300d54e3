import { PassThrough, Readable } from "node:stream";
import { expect, test } from "vitest";
import { CONFIGURATION } from "../../../src/app/load/load.ts";
import { readStandardInput } from "../../../src/app/load/read-standard-input.ts";

test("readStandardInput: all that comes, in whatever pieces", async () => {
  const read = await readStandardInput(Readable.from([Buffer.from("zones"), Buffer.from(": {}\n")]));
  expect(read.ok && Buffer.from(read.value).toString()).toBe("zones: {}\n");
  expect(await readStandardInput(Readable.from([]))).toMatchObject({ ok: true, value: { length: 0 } });
});

test("readStandardInput: what never ends is not read to its end", async () => {
  let given = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      given += 2 ** 20;
      yield new Uint8Array(2 ** 20);
    }
  }
  expect(await readStandardInput(endless())).toEqual({
    ok: false,
    error: [
      {
        code: "config-unreadable",
        message: "<stdin>: too large, wanted at most 32MiB (as a configuration may have)",
      },
    ],
  });
  expect(given).toBe(CONFIGURATION.most + 2 ** 20);
});

test("readStandardInput: a stream that fails is a problem", async () => {
  const stream = new PassThrough();
  stream.destroy(new Error("EISDIR: illegal operation on a directory, read"));
  expect(await readStandardInput(stream)).toMatchObject({
    ok: false,
    error: [
      { message: "<stdin>: EISDIR: illegal operation on a directory, read; give a configuration by a file or a pipe" },
    ],
  });
});
