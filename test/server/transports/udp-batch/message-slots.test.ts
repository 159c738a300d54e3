import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  BATCH,
  createMessageSlots,
  type MessageSlots,
} from "../../../../src/server/transports/udp-batch/message-slots.ts";
import { formatIpAddress, parseIpAddress } from "../../../../src/shared/ip-address.ts";
import { createFakeKernel, type Datagram, type FakeKernel } from "./fake-kernel.ts";

const SOCKET = 3;

interface Made {
  readonly kernel: FakeKernel;
  readonly slots: MessageSlots;
  /** Receives one batch; answers each datagram with itself turned round, where `answered` says so. */
  readonly turn: (batch: readonly Datagram[], answered?: (place: number) => boolean) => readonly Datagram[];
}

function made({ withControl = true } = {}): Made {
  const kernel = createFakeKernel();
  const slots = createMessageSlots(kernel.libc, { withControl });
  let used = BATCH;
  return {
    kernel,
    slots,
    turn(batch, answered = () => true) {
      kernel.arrive(SOCKET, batch);
      slots.reset(used);
      used = kernel.libc.recvmmsg(SOCKET, slots.received, BATCH, 0, null);
      expect(used).toBe(batch.length);
      let replies = 0;
      for (let slot = 0; slot < used; slot++) {
        if (!answered(slot)) continue;
        const answer = slots.packets[slot]!.slice(0, Math.min(slots.packetLength(slot), 1232)).toReversed();
        slots.answers[slot]!.set(answer);
        slots.reply(replies++, slot, answer.length);
      }
      kernel.sent.length = 0;
      expect(kernel.libc.sendmmsg(SOCKET, slots.toSend(0), replies, 0)).toBe(replies);
      return [...kernel.sent];
    },
  };
}

/** The reply that a datagram gets: from the address asked, through the interface that routing chooses. */
function replyTo({ packet, ...datagram }: Datagram): Datagram {
  return {
    ...datagram,
    packet: packet.slice(0, 1232).toReversed(),
    ...(datagram.local !== undefined && { interface: datagram.local.startsWith("fe80") ? datagram.interface! : 0 }),
  };
}

const packetOf = (...octets: readonly number[]): Uint8Array => Uint8Array.from(octets);

function peerOf(slots: MessageSlots, slot: number): string {
  const words = new Uint32Array(4);
  const family = slots.peerAddress(slot, words);
  const octets = new Uint8Array(family === 4 ? 4 : 16);
  for (let i = 0; i < octets.length; i++) octets[i] = words[i >> 2]! >>> (24 - 8 * (i & 3));
  return formatIpAddress({ family, octets });
}

describe("MessageSlots", () => {
  test.for(["192.0.2.1", "255.254.253.252", "2001:db8::1", "ffff:1:2:3:4:5:6:fffe"])("reads the peer %s", (peer) => {
    const { slots, turn } = made();
    turn([{ peer, port: 65_535, packet: packetOf(1) }]);
    expect([peerOf(slots, 0), slots.peerPort(0)]).toEqual([peer, 65_535]);
  });

  test("reads port 0 and the words of an IPv4 peer behind an IPv6 one", () => {
    const { slots, turn } = made();
    turn([{ peer: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", port: 53, packet: packetOf(1) }]);
    turn([{ peer: "192.0.2.1", port: 0, packet: packetOf(1) }]);
    const words = new Uint32Array(4).fill(7);
    expect([slots.peerAddress(0, words), ...words, slots.peerPort(0)]).toEqual([4, 0xc0000201, 0, 0, 0, 0]);
  });

  test.for([
    [0, 0],
    [1, 1],
    [2048, 2048],
    [2049, 2048],
    [60_000, 2048],
  ])("a datagram of %d octets has %d", ([size, length]) => {
    const { slots, turn } = made();
    turn([{ peer: "192.0.2.1", port: 53, packet: new Uint8Array(size!).fill(5) }]);
    expect(slots.packetLength(0)).toBe(length);
    expect(slots.packets[0]!.subarray(0, length).every((octet) => octet === 5)).toBe(true);
  });

  test("tells the IPv4 address that was asked, 0 on a socket for one address", () => {
    const asked: Datagram = { peer: "192.0.2.1", port: 53, packet: packetOf(1), local: "127.0.0.3", interface: 1 };
    const { slots, turn } = made();
    turn([asked]);
    expect(slots.localAddress(0)).toBe(0x7f000003);
    const { local: _, ...plain } = asked;
    const single = made({ withControl: false });
    single.turn([plain]);
    expect(single.slots.localAddress(0)).toBe(0);
  });
});

describe("MessageSlots.reply", () => {
  test.for([
    ["127.0.0.2", 0],
    ["2001:db8::53", 0],
    ["fe80::53", 7],
    ["fd00::53", 0],
  ] as const)("leaves from %s, which was asked, through interface %d", ([local, wanted]) => {
    const peer = local.includes(":") ? "2001:db8::1" : "192.0.2.1";
    const { turn } = made();
    const [reply] = turn([{ peer, port: 1053, packet: packetOf(1, 2), local, interface: 7 }]);
    expect(reply).toEqual({ peer, port: 1053, packet: packetOf(2, 1), local, interface: wanted });
  });

  test("keeps peers and answers together where datagrams between get none", () => {
    const { turn } = made();
    const batch = Array.from({ length: BATCH }, (_, i) => ({
      peer: `192.0.2.${i + 1}`,
      port: 1000 + i,
      packet: packetOf(i, 100 + i),
      local: `127.0.0.${i + 1}`,
      interface: 1,
    }));
    const odd = (place: number): boolean => place % 2 === 1;
    expect(turn(batch, odd)).toEqual(batch.filter((_, i) => odd(i)).map(replyTo));
    // The places have led to other slots meanwhile.
    expect(turn(batch)).toEqual(batch.map(replyTo));
    expect(turn(batch, (place) => place === 63)).toEqual([replyTo(batch[63]!)]);
  });

  test("lengths of one batch do not reach into the next", () => {
    const { turn, slots } = made();
    const datagram = (size: number): Datagram => ({
      peer: "2001:db8::1",
      port: 1053,
      packet: new Uint8Array(size).fill(size),
      local: "2001:db8::53",
      interface: 2,
    });
    for (const sizes of [Array<number>(BATCH).fill(12), [1232], [20, 1000], Array<number>(BATCH).fill(900), [0]]) {
      const batch = sizes.map(datagram);
      expect(turn(batch)).toEqual(batch.map(replyTo));
      expect(sizes.map((_, slot) => slots.packetLength(slot))).toEqual(sizes);
    }
  });

  const octet = fc.integer({ min: 0, max: 255 });
  const address = (family: 4 | 6): fc.Arbitrary<string> =>
    fc
      .uint8Array({ minLength: family === 4 ? 4 : 16, maxLength: family === 4 ? 4 : 16 })
      .map((octets) => formatIpAddress({ family, octets }))
      // fe80::/10 is link-local, the rest of fe00::/8 is nobody's.
      .filter((text) => parseIpAddress(text)!.octets[0] !== 0xfe);
  const datagram = (family: 4 | 6): fc.Arbitrary<Datagram> =>
    fc.record({
      peer: address(family),
      port: fc.integer({ min: 1, max: 65_535 }),
      packet: fc
        .tuple(octet, fc.integer({ min: 0, max: 1500 }))
        .map(([value, size]) => new Uint8Array(size).fill(value)),
      local: address(family),
      interface: fc.integer({ min: 1, max: 100 }),
    });
  const answeredBatch = (family: 4 | 6): fc.Arbitrary<readonly (readonly [Datagram, boolean])[]> =>
    fc.array(fc.tuple(datagram(family), fc.boolean()), { minLength: 1, maxLength: BATCH });

  test.for([4, 6] as const)("any batches over IPv%d: each answer goes where its datagram came from", (family) => {
    fc.assert(
      fc.property(fc.array(answeredBatch(family), { minLength: 1, maxLength: 5 }), (batches) => {
        const { turn } = made();
        for (const batch of batches) {
          const sent = turn(
            batch.map(([one]) => one),
            (place) => batch[place]![1],
          );
          expect(sent).toEqual(batch.filter(([, answered]) => answered).map(([one]) => replyTo(one)));
        }
      }),
      { numRuns: 50 },
    );
  });
});
