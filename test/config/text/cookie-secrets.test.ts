import { expect, test } from "vitest";
import { parseCookieSecrets } from "../../../src/config/text/cookie-secrets.ts";

const FIRST = "c1e973e5a6b2a43f48e7dc849e37bfcf";
const SECOND = "145536BCD2513298075A5D379663C962";

test.for<[what: string, text: string, secrets: readonly string[]]>([
  ["one secret", FIRST, [FIRST]],
  ["several, in the order of the file, in upper case too", `${FIRST}\n${SECOND}\n`, [FIRST, SECOND]],
  ["comments, blank lines and spaces", `# in use\n\n  ${FIRST} # since May\n\t\n#${SECOND}\n`, [FIRST]],
  ["lines that end as on Windows", `# next\r\n${SECOND}\r\n${FIRST} # old\r\n`, [SECOND, FIRST]],
  ["as many as there may be", `${FIRST}\n`.repeat(8), Array<string>(8).fill(FIRST)],
])("parseCookieSecrets: %s", ([, text, secrets]) => {
  const parsed = parseCookieSecrets(text);
  expect(parsed.ok && parsed.value.map((secret) => Buffer.from(secret).toString("hex"))).toEqual(
    secrets.map((secret) => secret.toLowerCase()),
  );
});

test.for<[what: string, text: string, line: number, error: string]>([
  ["an empty file", "", 1, "no secret"],
  ["comments alone", "# none\n\n# yet\n", 1, "no secret"],
  ["a digit too few", `# one\n${FIRST.slice(1)}\n`, 2, "not a secret"],
  ["a digit too many", `${FIRST}\n\n${SECOND}0\n`, 3, "not a secret"],
  ["a letter that is no digit", `${FIRST}\n${SECOND.replace("B", "G")}`, 2, "not a secret"],
  ["two on a line", `${FIRST} ${SECOND}`, 1, "not a secret"],
  ["a space inside", `${FIRST.slice(0, 16)} ${FIRST.slice(16)}`, 1, "not a secret"],
  ["a ninth", `${FIRST}\n`.repeat(9), 9, "too many secrets"],
])("parseCookieSecrets refuses %s", ([, text, line, what]) => {
  expect(parseCookieSecrets(text)).toMatchObject({ ok: false, error: { code: "bad-text", line, what } });
});

test.for([
  ["SipHash's test vectors", "000102030405060708090a0b0c0d0e0f"],
  ["RFC 9018 appendix A.1", "e5e973e5a6b2a43f48e7dc849e37bfcf"],
  ["RFC 9018 appendix A.4", "445536BCD2513298075A5D379663C962"],
  ["RFC 9018 appendix A.4, before", "dd3bdf9344b678b185a6f5cb60fca715"],
])("parseCookieSecrets refuses the secret of %s", ([, secret]) => {
  expect(parseCookieSecrets(`${FIRST}\n${secret}\n`)).toMatchObject({
    ok: false,
    error: { code: "published-secret", line: 2, wanted: expect.stringContaining("openssl rand -hex 16") },
  });
});

test("parseCookieSecrets does not repeat what it refuses", () => {
  expect(JSON.stringify(parseCookieSecrets(`${FIRST}0`))).not.toContain(FIRST.slice(0, 4));
});
