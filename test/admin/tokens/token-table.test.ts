import { expect, test } from "vitest";
import { newToken } from "../../../src/admin/tokens/new-token.ts";
import { createTokenTable } from "../../../src/admin/tokens/token-table.ts";
import { memoryLogger, OPERATOR, READER, TOKEN_FILE, tokenOf } from "../../support/api-server.ts";

function tableOf(text: string) {
  const logger = memoryLogger();
  const table = createTokenTable({ logger });
  return { table, lines: logger.lines, taken: table.replace(text, "/etc/geosteer/tokens") };
}

test("find: the token's name and role; undefined for any other text", () => {
  const { table } = tableOf(TOKEN_FILE);
  expect(table.find(READER.token)).toMatchObject({ name: "reader", role: "read" });
  expect(table.find(OPERATOR.token)).toMatchObject({ name: "operator", role: "operate" });
  const [, , digest] = READER.line.split(" ");
  for (const other of ["", "x", READER.token.slice(1), `${READER.token}x`, digest!, digest!.slice(7)]) {
    expect(table.find(other)).toBeUndefined();
  }
});

test("find: no token is known before a file is", () => {
  expect(createTokenTable({ logger: memoryLogger() }).find(READER.token)).toBeUndefined();
});

test("replace: a token that is in the file no more is not known any more", () => {
  const { table } = tableOf(TOKEN_FILE);
  expect(table.replace(READER.line, "tokens")).toBe(true);
  expect(table.find(READER.token)).toBeDefined();
  expect(table.find(OPERATOR.token)).toBeUndefined();
});

test("replace: a broken file leaves those before it, and the log has the line", () => {
  const { table, lines } = tableOf(TOKEN_FILE);
  const added = tokenOf("new", "operate", 9);
  expect(table.replace(`${added.line}\nbob root ${added.token}\n`, "/etc/geosteer/tokens")).toBe(false);
  expect(table.find(OPERATOR.token)).toBeDefined();
  expect(table.find(added.token)).toBeUndefined();
  expect(lines).toEqual([
    {
      code: "bad-token-file",
      problem: "/etc/geosteer/tokens:2: unknown role, wanted read, operate or report:SUBJECT",
      message: "the file of tokens is not used; those before it count on",
    },
  ]);
});

test("newToken: 32 octets of chance, known to scanners by how it begins", () => {
  expect(READER.token).toMatch(/^geosteer_[\w-]{43}$/);
  expect(READER.line).toMatch(/^reader read sha256:[0-9a-f]{64}$/);
});

test.for(["", "-x", "a b", "a\nb operate sha256:00", "x".repeat(65)])("newToken: %j is no name", (name) => {
  expect(newToken(name, "read", new Uint8Array(32))).toEqual({
    ok: false,
    error: "bad name, wanted 1 to 64 letters, digits and . _ @ -, a letter or digit first",
  });
});
