/** A tally that miscounts would find every server good. */
import { describe, expect, test } from "vitest";
import { queryPacket, record } from "../support/query-packet.ts";
import { createTally, LOST, sumOf, type Question } from "./tally.ts";

const question = (name: string): Question => ({
  name,
  packet: queryPacket({ name }),
  fault: ({ rcode }) => (rcode === 0 ? undefined : `RCODE ${rcode}`),
});
const [SHOP, MAIL] = [question("shop.example"), question("mail.example")];

/** An answer to the query: QR is set, and RCODE. */
function answerTo(query: Uint8Array, rcode = 0): Uint8Array {
  const answer = Uint8Array.from(query);
  answer[2] = 0x80;
  answer[3] = rcode;
  return answer;
}

test("createTally counts what is answered, once", () => {
  const tally = createTally();
  const query = tally.ask(SHOP, 0);
  tally.receive(answerTo(query));
  expect(tally.totals()).toEqual({ sent: 1, answered: 1, lost: 0, wrong: 0 });
  expect(tally.waiting()).toBe(0);
  tally.receive(answerTo(query));
  expect(tally.totals()).toEqual({ sent: 1, answered: 1, lost: 0, wrong: 1 });
});

test("createTally: a query is lost when its time is over, no earlier, and once", () => {
  const tally = createTally();
  tally.ask(SHOP, 0);
  tally.ask(MAIL, 1);
  tally.expire(LOST - 1);
  expect(tally.totals().lost).toBe(0);
  tally.expire(LOST);
  tally.expire(LOST);
  expect([tally.totals().lost, tally.waiting()]).toEqual([1, 1]);
  tally.expire(LOST + 1);
  expect(tally.totals()).toEqual({ sent: 2, answered: 0, lost: 2, wrong: 0 });
});

test("createTally: an answer that comes too late is no answer", () => {
  const tally = createTally();
  const query = tally.ask(SHOP, 0);
  tally.expire(LOST);
  tally.receive(answerTo(query));
  expect(tally.totals()).toEqual({ sent: 1, answered: 0, lost: 1, wrong: 1 });
});

test("createTally: an ID that is needed again before its answer is a lost query", () => {
  const tally = createTally();
  for (let asked = 0; asked <= 0x10000; asked++) tally.ask(SHOP, 0);
  expect(tally.totals()).toEqual({ sent: 0x10001, answered: 0, lost: 1, wrong: 0 });
  expect(tally.waiting()).toBe(0x10000);
});

describe("createTally: what is wrong", () => {
  test.for<[what: string, packet: (query: Uint8Array) => Uint8Array, example: string]>([
    ["the answer's content", (query) => answerTo(query, 2), "shop.example: RCODE 2"],
    [
      "another's question",
      (query) => answerTo(queryPacket({ name: "mail.example", id: query[1]! })),
      "shop.example: an answer for mail.example",
    ],
    ["octets that are no message", () => Uint8Array.of(0, 0, 0x80), "an answer that cannot be read"],
    [
      "octets behind the message",
      (query) => Uint8Array.of(...answerTo(query), ...record({ type: 1 })),
      "an answer that cannot be read",
    ],
    [
      "an ID that nobody has",
      () => answerTo(queryPacket({ name: "shop.example", id: 77 })),
      "an answer that nobody waits for: shop.example",
    ],
  ])("%s", ([, packet, example]) => {
    const tally = createTally();
    tally.receive(packet(tally.ask(SHOP, 0)));
    expect(tally.totals()).toMatchObject({ answered: 0, wrong: 1 });
    expect(tally.examples()[0]).toContain(example);
  });
});

test("sumOf adds up", () => {
  const one = { sent: 1, answered: 2, lost: 3, wrong: 4 };
  expect(sumOf([one, one])).toEqual({ sent: 2, answered: 4, lost: 6, wrong: 8 });
  expect(sumOf([])).toEqual({ sent: 0, answered: 0, lost: 0, wrong: 0 });
});
