import { describe, expect, test } from "vitest";
import type { Answerer } from "../../../../src/server/answer/answer-query.ts";
import { BATCH } from "../../../../src/server/transports/udp-batch/message-slots.ts";
import { createBatches, type Batches } from "../../../../src/server/transports/udp-batch/serve-batches.ts";
import type { Counters } from "../../../../src/telemetry/counters.ts";
import { createFakeKernel, type Datagram, type FakeKernel } from "./fake-kernel.ts";

const EINTR = 4;
const EBADF = 9;
const EAGAIN = 11;
const EPERM = 1;
const EHOSTUNREACH = 113;
const SOCKET = 3;
const OTHER_SOCKET = 4;

interface Served {
  readonly kernel: FakeKernel;
  readonly batches: Batches;
  /** `event × times`, in order. */
  readonly counted: string[];
  /** First octets of what was sent. */
  readonly sent: () => readonly number[];
  /** What it told of being busy, each time with the system calls before. */
  readonly busy: readonly string[];
}

/** Answers with the packet; silent where it is empty. */
const echo: Answerer = (packet, length, _peer, out) => {
  out.set(packet.subarray(0, length));
  return length;
};

/** `serve` ends after so many looks for messages. */
function served({ fds = [SOCKET], answerer = echo, looks = 1 } = {}): Served {
  const kernel = createFakeKernel();
  const counted: string[] = [];
  const counters: Counters = {
    query() {},
    decision() {},
    decisionWithoutEndpoint() {},
    filtered() {},
    event: (event, times = 1) => void counted.push(`${event} × ${times}`),
  };
  let left = looks;
  const busy: string[] = [];
  const tell = (what: string) => (): void => {
    busy.push(`${what} after ${kernel.calls.recvmmsg} recvmmsg, ${kernel.calls.sendmmsg} sendmmsg`);
  };
  const batches = createBatches(
    kernel.libc,
    fds.map((fd) => ({ fd, wildcard: false })),
    {
      attend: () => left-- > 0,
      answerer: () => answerer,
      counters: () => counters,
      busy: { begin: tell("begin"), next: tell("next"), end: tell("end") },
    },
  );
  return { kernel, batches, counted, busy, sent: () => kernel.sent.map(({ packet }) => packet[0]!) };
}

function datagrams(count: number, { first = 0, port = 1053 } = {}): Datagram[] {
  return Array.from({ length: count }, (_, i) => ({ peer: "192.0.2.1", port, packet: Uint8Array.of(first + i) }));
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe("Batches", () => {
  test("answers a batch with two system calls", () => {
    const { kernel, batches, sent } = served();
    kernel.arrive(SOCKET, datagrams(BATCH));
    batches.serve();
    expect(sent()).toEqual(range(BATCH));
    expect(kernel.calls).toEqual({ recvmmsg: 1, sendmmsg: 1, poll: 0 });
  });

  test("tells what it is busy with between the system calls of a batch, and of nothing else", () => {
    const { kernel, batches, busy } = served({ looks: 3 });
    kernel.arrive(SOCKET, [...datagrams(2), ...datagrams(1, { port: 0 })]);
    batches.serve();
    expect(busy).toEqual(["begin", "next", "next", "end"].map((what) => `${what} after 1 recvmmsg, 0 sendmmsg`));
  });

  test("looks for messages between batches, and drain answers the rest", () => {
    const { kernel, batches, sent } = served({ looks: 2 });
    kernel.arrive(SOCKET, datagrams(3 * BATCH + 1));
    batches.serve();
    expect(sent()).toHaveLength(2 * BATCH);
    batches.drain();
    expect(sent()).toEqual(range(3 * BATCH + 1));
  });

  test("stays silent where the answerer is, and sends nothing where all are", () => {
    const { kernel, batches, sent } = served({ looks: 2, answerer: (packet) => packet[0]! % 2 });
    kernel.arrive(SOCKET, datagrams(BATCH));
    kernel.arrive(SOCKET, [{ peer: "192.0.2.1", port: 1053, packet: Uint8Array.of(2) }]);
    batches.serve();
    expect(sent()).toHaveLength(BATCH / 2);
    expect(kernel.calls.sendmmsg).toBe(1);
  });

  test("drops and counts what comes from port 0", () => {
    const { kernel, batches, counted, sent } = served();
    kernel.arrive(SOCKET, [...datagrams(1), ...datagrams(1, { first: 1, port: 0 }), ...datagrams(1, { first: 2 })]);
    batches.serve();
    expect(sent()).toEqual([0, 2]);
    expect(counted).toEqual(["dropped × 1"]);
  });

  test("hands the peer of each datagram to the answerer", () => {
    const words = new Uint32Array(4);
    const peers: unknown[] = [];
    const { kernel, batches } = served({
      answerer(_packet, _length, peer) {
        peers.push([peer.readAddress(words), words[0]]);
        return 0;
      },
    });
    kernel.arrive(SOCKET, [
      { peer: "192.0.2.1", port: 53, packet: Uint8Array.of(0) },
      { peer: "2001:db8::1", port: 53, packet: Uint8Array.of(0) },
    ]);
    batches.serve();
    expect(peers).toEqual([
      [4, 0xc0000201],
      [6, 0x20010db8],
    ]);
  });

  test("serves every socket, and waits only when all are empty", () => {
    const { kernel, batches, sent } = served({ fds: [SOCKET, OTHER_SOCKET], looks: 3 });
    kernel.arrive(SOCKET, datagrams(BATCH + 1));
    kernel.arrive(OTHER_SOCKET, datagrams(1, { first: 200 }));
    batches.serve();
    expect(sent().toSorted((a, b) => a - b)).toEqual([...range(BATCH + 1), 200]);
    expect(kernel.calls.poll).toBe(1);
  });

  test("drain ends while datagrams keep coming", () => {
    const { kernel, batches } = served({
      answerer() {
        kernel.arrive(SOCKET, datagrams(1));
        return 0;
      },
    });
    kernel.arrive(SOCKET, datagrams(1));
    const start = performance.now();
    batches.drain();
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe("Batches and errors:", () => {
  test.for([
    ["no datagram came", EAGAIN],
    ["a signal came", EINTR],
  ] as const)("goes on where %s", ([, errno]) => {
    const { kernel, batches, sent } = served({ looks: 2 });
    kernel.receiveErrors.push(errno);
    kernel.arrive(SOCKET, datagrams(2));
    batches.serve();
    expect(sent()).toEqual([0, 1]);
  });

  test("an error that will not pass is thrown with its name", () => {
    const { kernel, batches } = served();
    kernel.receiveErrors.push(EBADF);
    expect(() => batches.serve()).toThrow("recvmmsg: errno 9");
  });

  test.for([
    ["no way to the peer of one loses its reply alone", [0, EHOSTUNREACH], [0, 2, 3, 4]],
    ["no way to the first and the last", [EPERM, 0, 0, 0, EPERM], [1, 2, 3]],
    ["no way to anybody", [EPERM, EPERM, EPERM, EPERM, EPERM], []],
    ["a signal loses none", [EINTR, 0, EINTR, 0, 0, 0], [0, 1, 2, 3, 4]],
    // Each further one would wait for another 100 ms, and hold the worker for seconds.
    ["a full buffer loses the rest of the batch", [0, 0, EAGAIN], [0, 1]],
    ["a full buffer loses it behind those without a way too", [EPERM, 0, EAGAIN], [1]],
  ] as const)("%s, and what is lost is counted", ([, errors, wanted]) => {
    const { kernel, batches, sent, counted } = served({ looks: 2 });
    kernel.sendErrors.push(...errors);
    kernel.arrive(SOCKET, datagrams(5));
    batches.serve();
    expect(sent()).toEqual(wanted);
    expect(kernel.sendErrors).toEqual([]);
    expect(counted).toEqual(wanted.length === 5 ? [] : [`unsent × ${5 - wanted.length}`]);
  });
});

describe("Batches shed", () => {
  const SECOND = 1000;

  test.for([
    ["a full batch that is old", BATCH, 2 * SECOND, true],
    ["not one that is useful still", BATCH, SECOND, false],
    ["not one from the future, when the clock was set back", BATCH, -3600 * SECOND, false],
    ["not one that is not full: it was waited for", BATCH - 1, 2 * SECOND, false],
    ["not one whose age is not known", BATCH, undefined, false],
  ] as const)("%s", ([, size, age, shed]) => {
    const { kernel, batches, sent, counted } = served();
    kernel.receivedAt = age === undefined ? undefined : Date.now() - age;
    kernel.arrive(SOCKET, datagrams(size));
    batches.serve();
    expect(sent()).toHaveLength(shed ? 0 : size);
    expect(counted).toEqual(shed ? [`shed × ${size}`] : []);
  });

  test("lets the old go until it meets the new, and answers those right", () => {
    const { kernel, batches, sent, counted } = served({ looks: 3 });
    kernel.receivedAt = Date.now() - 2 * SECOND;
    kernel.arrive(SOCKET, datagrams(2 * BATCH));
    kernel.arrive(SOCKET, datagrams(3, { first: 200 }));
    batches.serve();
    expect(sent()).toEqual([200, 201, 202]);
    expect(counted).toEqual([`shed × ${BATCH}`, `shed × ${BATCH}`]);
  });
});
