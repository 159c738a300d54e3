/** The figures of docs/abuse.md: how much larger than its query an answer over UDP is, to a client without a cookie. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { encodeName } from "../../../src/wire/encode-name.ts";
import { testAnswerer, type TestAnswerer } from "../../support/answerer.ts";
import { queryPacket } from "../../support/query-packet.ts";
import { recordSet, ZONE, zoneOf } from "../../support/snapshot.ts";

const PAGE = readFileSync(new URL("../../../docs/abuse.md", import.meta.url), "utf8");
const [A, NS, TXT, ANY] = [1, 2, 16, 255];

function strings(size: number): string {
  return "x"
    .repeat(size)
    .match(/.{1,255}/g)!
    .map((text) => `"${text}"`)
    .join(" ");
}

function withText(zone: string, name: string, size: number): TestAnswerer {
  const nameservers = Array.from({ length: 13 }, (_, i) => encodeName(`n${i}.${zone}`));
  const records = [
    ...Array.from({ length: 13 }, (_, i) => recordSet(`n${i}.${zone}`, `A 192.0.2.${i + 1}`)),
    recordSet(`mail.${zone}`, "A 192.0.2.25"),
    recordSet(name, `TXT ${strings(size)}`),
  ];
  const list = (count: number): string[] => Array.from({ length: count }, (_, i) => `203.0.113.${i + 1}`);
  return testAnswerer({
    zones: [{ ...zoneOf(zone, records), nameservers }],
    profiles:
      zone === ZONE
        ? { shop: { endpoints: { a: { address: list(1) } } }, many: { endpoints: { a: { address: list(20) } } } }
        : {},
  });
}

interface Sizes {
  readonly query: number;
  readonly answer: number;
}

function sizesOf(server: TestAnswerer, name: string, type: number, edns: boolean): Sizes {
  const packet = queryPacket({ name, type, ...(edns && { edns: { size: 4096 } }) });
  return { query: packet.length, answer: server.ask(packet).message!.size };
}

/** The answer of the longest text that fits. */
function worstText(zone: string, name: string, edns: boolean): Sizes {
  const limit = edns ? 1232 : 512;
  // What is not text: the head, the question, the record, OPT, and an octet for each 255.
  const least = limit - 12 - (encodeName(name).length + 4) - 12 - 11 - 6;
  const all = Array.from({ length: 20 }, (_, i) => sizesOf(withText(zone, name, least + i), name, TXT, edns));
  return all.reduce((worst, sizes) => (sizes.answer > worst.answer ? sizes : worst));
}

const server = withText(ZONE, `txt.${ZONE}`, 2000);

test.for<[what: string, of: (edns: boolean) => Sizes]>([
  ["a steered name, one address", (edns) => sizesOf(server, `shop.${ZONE}`, A, edns)],
  ["a steered name, 20 addresses", (edns) => sizesOf(server, `many.${ZONE}`, A, edns)],
  ["a name that does not exist", (edns) => sizesOf(server, `none.${ZONE}`, A, edns)],
  ["no such records", (edns) => sizesOf(server, `mail.${ZONE}`, TXT, edns)],
  ["ANY (RFC 8482)", (edns) => sizesOf(server, ZONE, ANY, edns)],
  ["13 nameservers", (edns) => sizesOf(server, ZONE, NS, edns)],
  ["the worst text record", (edns) => worstText(ZONE, `txt.${ZONE}`, edns)],
  ["a text record that is too long", (edns) => sizesOf(server, `txt.${ZONE}`, TXT, edns)],
  ["the worst text record of `t.x.de`", (edns) => worstText("x.de", "t.x.de", edns)],
])("docs/abuse.md: %s", ([what, of]) => {
  const [edns, plain] = [of(true), of(false)];
  const cells = [edns, plain].map(({ query, answer }) => `${query} | ${answer} | ${(answer / query).toFixed(1)}`);
  expect(PAGE).toContain(`| ${what} | ${cells.join(" | ")} |`);
});
