import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ROLES } from "../../../src/admin/tokens/role.ts";
import { parseTokenFile } from "../../../src/admin/tokens/token-file.ts";
import { tokenOf } from "../../support/api-server.ts";

const HEX = "0123456789abcdef".repeat(4);
const OTHER = "f".repeat(64);

test("parseTokenFile: a line for each token, comments and empty lines aside", () => {
  const text = `\uFEFF# who may\r\n\r\nalice operate sha256:${HEX}   # until March\n  grafana\tread  sha256:${OTHER.toUpperCase()}\n`;
  expect(parseTokenFile(text, "tokens")).toEqual({
    ok: true,
    value: [
      { name: "alice", role: "operate", digest: Buffer.from(HEX, "hex") },
      { name: "grafana", role: "read", digest: Buffer.from(OTHER, "hex") },
    ],
  });
});

test("parseTokenFile: a token that reports, and of what", () => {
  const text = `fra report:shop/fra,*/fra-*,site:munich sha256:${HEX}`;
  const reportsOf = ["shop/fra", "*/fra-*", "site:munich"];
  expect(parseTokenFile(text, "tokens")).toMatchObject({
    ok: true,
    value: [{ name: "fra", role: "report", reportsOf }],
  });
});

test("parseTokenFile: an empty file has no tokens", () => {
  expect(parseTokenFile("", "tokens")).toEqual({ ok: true, value: [] });
});

test.for<[text: string, problem: string]>([
  ["alice", "tokens:1: not three words, wanted NAME ROLE sha256:HEX"],
  ["alice read", "tokens:1: not three words, wanted NAME ROLE sha256:HEX"],
  [`alice read sha256:${HEX} x`, "tokens:1: not three words, wanted NAME ROLE sha256:HEX"],
  [`\n#\nalice admin sha256:${HEX}`, "tokens:3: unknown role, wanted read, operate or report:SUBJECT"],
  [`alice read:shop/fra sha256:${HEX}`, "tokens:1: unknown role, wanted read, operate or report:SUBJECT"],
  ...["report", "report:", "report:shop", "report:shop/fra,", "report:label:a=b", "report:site:"].map(
    (grant): [text: string, problem: string] => [
      `alice ${grant} sha256:${HEX}`,
      "tokens:1: no subjects of a report, wanted report:PROFILE/ENDPOINT or report:site:NAME, several with commas between them",
    ],
  ),
  [
    `-alice read sha256:${HEX}`,
    "tokens:1: bad name, wanted 1 to 64 letters, digits and . _ @ -, a letter or digit first",
  ],
  [`${"a".repeat(65)} read sha256:${HEX}`, "tokens:1: bad name, wanted 1 to 64 letters"],
  [
    "alice read geosteer_secret",
    "tokens:1: no digest, wanted sha256: and 64 hexadecimal digits; the token itself must not stand here",
  ],
  [`alice read sha256:${HEX.slice(1)}`, "tokens:1: no digest"],
  [`alice read sha512:${HEX}`, "tokens:1: no digest"],
  [
    `alice read sha256:${HEX}\nalice read sha256:${OTHER}`,
    "tokens:2: the name or digest of line 1 again, wanted another",
  ],
  [`alice read sha256:${HEX}\nbob read sha256:${HEX}`, "tokens:2: the name or digest of line 1 again, wanted another"],
  ["x".repeat(300_000), "tokens: too long for a file of tokens, wanted 262144 octets at most"],
])("parseTokenFile: %j is refused with its place", ([text, problem]) => {
  const parsed = parseTokenFile(text, "tokens");
  expect(parsed).toMatchObject({ ok: false, error: [expect.stringContaining(problem)] });
});

test("parseTokenFile: each wrong line is told, twenty at most, and none of what they hold", () => {
  const parsed = parseTokenFile(`hunter2 hunter2 hunter2\n`.repeat(50), "tokens");
  expect(parsed).toMatchObject({ ok: false, error: { length: 20 } });
  expect(JSON.stringify(parsed)).not.toContain("hunter2");
});

test("parseTokenFile: a thousand tokens, and not one more", () => {
  const lines = (count: number) =>
    Array.from({ length: count }, (_, i) => `t${i} read sha256:${i.toString(16).padStart(64, "0")}`).join("\n");
  expect(parseTokenFile(lines(1000), "tokens").ok).toBe(true);
  expect(parseTokenFile(lines(1001), "tokens")).toMatchObject({
    ok: false,
    error: ["tokens: too many tokens, found 1001, wanted 1000 at most"],
  });
});

test("parseTokenFile: reads each line that newToken makes, and ends on any text", () => {
  const name = fc.stringMatching(/^[A-Za-z0-9][\w.@-]{0,63}$/);
  fc.assert(
    fc.property(name, fc.constantFrom(...ROLES), fc.nat(255), (name, role, octet) => {
      const { token, line } = tokenOf(name, role, octet, role === "report" ? ["shop/fra"] : undefined);
      expect(parseTokenFile(line, "tokens")).toMatchObject({ ok: true, value: [{ name, role }] });
      expect(line).not.toContain(token);
    }),
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parseTokenFile(text, "tokens")));
});
