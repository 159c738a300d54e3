/** The garbage collector against structures that only the kernel's pointers lead to. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import type { Answerer } from "../../../../src/server/answer/answer-query.ts";
import { loadLibc, memory } from "../../../../src/system/libc.ts";
import { BATCH, createMessageSlots } from "../../../../src/server/transports/udp-batch/message-slots.ts";
import { createBatches } from "../../../../src/server/transports/udp-batch/serve-batches.ts";
import { openBatchSocket, type BatchSocket } from "../../../../src/server/transports/udp-batch/socket.ts";
import type { Counters } from "../../../../src/telemetry/counters.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as (options?: { type: "minor" | "major" }) => void;

const BATCHES = 2000;
const LOOPBACK = 0x7f000001;
/** Milliseconds; loopback takes a few microseconds. */
const PATIENCE = 5000;

const libc = loadLibc();

function opened(host: string): BatchSocket {
  const result = openBatchSocket(libc, { host, port: 0 }, { shared: false });
  if (!result.ok) throw new Error(result.error.message);
  onTestFinished(() => void libc.close(result.value.fd));
  return result.value;
}

const counters: Counters = { query() {}, decision() {}, decisionWithoutEndpoint() {}, filtered() {}, event() {} };

const progress = { answered: 0 };

/** Each octet one more than asked. */
const answerer: Answerer = (packet, length, _peer, out) => {
  progress.answered++;
  for (let i = 0; i < length; i++) out[i] = packet[i]! + 1;
  return length;
};

test("thousands of batches with collections in between: each answer is the right one", () => {
  const server = opened("0.0.0.0");
  const client = opened("127.0.0.1");
  const batches = createBatches(libc, [{ fd: server.fd, wildcard: true }], {
    attend: () => true,
    busy: { begin() {}, next() {}, end() {} },
    answerer: () => answerer,
    counters: () => counters,
  });
  // The client's own slots: it sends answers, which are the server's queries, and receives the replies.
  const slots = createMessageSlots(libc, { withControl: false });
  let rubbish: Uint8Array[] = [];
  let wrong = 0;
  for (let batch = 0; batch < BATCHES; batch++) {
    const count = 1 + ((batch * 7) % BATCH);
    for (let slot = 0; slot < count; slot++) {
      const size = 12 + ((batch + slot * 31) % 500);
      slots.answers[slot]!.fill((batch + slot) & 0xff, 0, size);
      slots.address(slot, LOOPBACK, server.address.port);
      slots.reply(slot, slot, size);
    }
    expect(libc.sendmmsg(client.fd, slots.toSend(0), count, 0)).toBe(count);
    // What would be given the memory of an array that was freed.
    rubbish.push(memory(BATCH * 64).fill(0xff), memory(BATCH * 32).fill(0xff), memory(BATCH * 2048).fill(0xff));
    if (batch % 50 === 0) {
      rubbish = [];
      collect();
    } else if (batch % 5 === 0) collect({ type: "minor" });
    const deadline = performance.now() + PATIENCE;
    progress.answered = 0;
    while (progress.answered < count && performance.now() < deadline) batches.drain();
    slots.reset(BATCH);
    const received = libc.recvmmsg(client.fd, slots.received, count, 0, null);
    expect(received).toBe(count);
    for (let slot = 0; slot < count; slot++) {
      const size = 12 + ((batch + slot * 31) % 500);
      const packet = slots.packets[slot]!.subarray(0, size);
      if (slots.packetLength(slot) !== size || packet.some((octet) => octet !== ((batch + slot + 1) & 0xff))) wrong++;
    }
  }
  expect(wrong).toBe(0);
});
