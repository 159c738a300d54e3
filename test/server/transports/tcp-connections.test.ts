import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import {
  createTcpConnections,
  type TcpActivity,
  type TcpConnection,
} from "../../../src/server/transports/tcp-connections.ts";
import type { TcpLimits } from "../../../src/shared/server-settings.ts";

/** Milliseconds: time-outs are looked at that often. */
const TICK = 100;

interface Table {
  /** The number of the connection, also where it is refused. */
  readonly admit: (address: string) => number;
  /** Undefined = was refused. */
  readonly at: (id: number) => TcpConnection | undefined;
  /** `opened ID`, `CAUSE` and `close ID` in their order, since this was last asked. */
  readonly log: () => readonly string[];
  readonly keepalive: () => number;
}

function table(limits: Partial<TcpLimits> = {}): Table {
  let log: string[] = [];
  const connections = createTcpConnections(
    { connections: 100, perClient: 100, idle: 10_000, ...limits },
    { opened: () => void log.push("opened"), closed: (cause) => void log.push(cause) },
  );
  const admitted: (TcpConnection | undefined)[] = [];
  return {
    admit(address) {
      const id = admitted.length;
      admitted.push(connections.admit(address, () => void log.push(`close ${id}`)));
      return id;
    },
    at: (id) => admitted[id],
    log() {
      const since = log;
      log = [];
      return since;
    },
    keepalive: () => connections.keepalive(),
  };
}

const host = (n: number): string => `192.0.2.${n}`;
const pass = (ms: number): void => void vi.advanceTimersByTime(ms);

beforeEach(() => void vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] }));
afterEach(() => void vi.useRealTimers());

describe("TcpConnections admit", () => {
  test("closes the one that has idled longest where all are in use", () => {
    const { admit, at, log } = table({ connections: 3 });
    for (const n of [0, 1, 2]) admit(host(n));
    at(0)!.progress();
    log();
    admit(host(3));
    expect(log()).toEqual(["opened", "evicted", "close 1"]);
    admit(host(4));
    expect(log()).toEqual(["opened", "evicted", "close 2"]);
    admit(host(5));
    expect(log()).toEqual(["opened", "evicted", "close 0"]);
  });

  // RFC 7766 section 6.2.3: part of a message is no sign of life.
  test("spares half a message no longer than who has asked before, and refuses where all have answers to take", () => {
    const { admit, at, log } = table({ connections: 2 });
    for (const n of [0, 1]) admit(host(n));
    at(0)!.enter("receiving");
    at(1)!.enter("answering");
    log();
    const third = admit(host(2));
    expect(log()).toEqual(["opened", "evicted", "close 0"]);
    at(third)!.enter("answering");
    const refused = admit(host(3));
    expect(log()).toEqual(["opened", "refused"]);
    expect(at(refused)).toBeUndefined();
  });

  test("lets a client with too many pay alone", () => {
    const { admit, at, log } = table({ perClient: 2 });
    admit(host(9));
    for (let i = 1; i <= 2; i++) admit(host(0));
    log();
    admit(host(0));
    expect(log()).toEqual(["opened", "evicted", "close 1"]);
    for (const id of [2, 3]) at(id)!.enter("answering");
    admit(host(0));
    expect(log()).toEqual(["opened", "refused"]);
  });

  test("lets a client with too many pay alone, also where all are in use", () => {
    const { admit, log } = table({ connections: 3, perClient: 2 });
    admit(host(9));
    for (let i = 1; i <= 2; i++) admit(host(0));
    log();
    admit(host(0));
    expect(log()).toEqual(["opened", "evicted", "close 1"]);
  });

  test("closes the one of a client with too many that has idled longest", () => {
    const { admit, at, log } = table({ perClient: 2 });
    for (let i = 0; i < 2; i++) admit(host(0));
    at(0)!.progress();
    log();
    admit(host(0));
    expect(log()).toEqual(["opened", "evicted", "close 1"]);
  });

  test("counts the connections of a client also after one of them has ended", () => {
    const { admit, at, log } = table({ perClient: 2 });
    for (let i = 0; i < 2; i++) admit(host(0));
    at(0)!.closed("peer");
    admit(host(0));
    log();
    admit(host(0));
    expect(log()).toEqual(["opened", "evicted", "close 1"]);
  });

  test.for([
    ["192.0.2.1", "192.0.2.1", "one client"],
    ["192.0.2.1", "192.0.2.2", "two clients"],
    ["2001:db8::1", "2001:db8::ffff:1:2:3", "one client"],
    ["2001:db8::1", "2001:db8:0:1::1", "two clients"],
    ["fe80::1%eth0", "fe80::2%eth0", "one client"],
  ] as const)("takes %s and %s for %s", ([first, second, what]) => {
    const { admit, log } = table({ perClient: 1 });
    admit(first);
    admit(second);
    expect(log().includes("evicted")).toBe(what === "one client");
  });
});

describe("TcpConnections time-out", () => {
  test("is as long as configured, and not more than a tick longer", () => {
    const { admit, log } = table({ idle: 10_000 });
    admit(host(1));
    pass(10_000);
    expect(log()).toEqual(["opened"]);
    pass(TICK);
    expect(log()).toEqual(["timed-out", "close 0"]);
  });

  test("starts again with progress", () => {
    const { admit, at, log } = table({ idle: 10_000 });
    admit(host(1));
    pass(9000);
    at(0)!.progress();
    pass(10_000);
    expect(log()).toEqual(["opened"]);
    pass(TICK);
    expect(log()).toEqual(["timed-out", "close 0"]);
  });

  test("starts again with the first octet of a message, not with the next ones", () => {
    const { admit, at, log } = table({ idle: 10_000 });
    admit(host(1));
    pass(9000);
    for (let i = 0; i < 10; i++) {
      at(0)!.enter("receiving");
      pass(1000);
    }
    expect(log()).toEqual(["opened"]);
    pass(TICK);
    expect(log()).toEqual(["timed-out", "close 0"]);
  });

  test("starts again with a message that follows one that was answered", () => {
    const { admit, at, log } = table({ idle: 10_000 });
    admit(host(1));
    at(0)!.enter("receiving");
    at(0)!.progress();
    at(0)!.enter("idle");
    pass(9000);
    at(0)!.enter("receiving");
    pass(10_000);
    expect(log()).toEqual(["opened"]);
    pass(TICK);
    expect(log()).toEqual(["timed-out", "close 0"]);
  });

  test("does not start again with message after message that is not worth an answer", () => {
    const { admit, at, log } = table({ idle: 10_000 });
    admit(host(1));
    for (let i = 0; i < 10; i++) {
      at(0)!.enter("receiving");
      pass(500);
      at(0)!.enter("idle");
      pass(500);
    }
    pass(TICK);
    expect(log()).toEqual(["opened", "timed-out", "close 0"]);
  });

  test("spares those that may stay once the others are gone", () => {
    const { admit, log } = table({ connections: 4, idle: 10_000 });
    for (const n of [1, 2]) admit(host(n));
    pass(3000);
    for (const n of [3, 4]) admit(host(n));
    log();
    // Four of four may idle for a second, three of four for 5.5 s.
    pass(TICK);
    expect(log()).toEqual(["timed-out", "close 0"]);
    pass(2500);
    expect(log()).toEqual(["timed-out", "close 1"]);
    // Two of four: the whole ten seconds.
    pass(7000);
    expect(log()).toEqual([]);
    pass(1000);
    expect(log()).toEqual(["timed-out", "close 2", "timed-out", "close 3"]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("TcpConnections keepalive", () => {
  test.for([
    [1, 100],
    [50, 100],
    [51, 98],
    [75, 55],
    [99, 11],
    [100, 0],
  ] as const)("with %d of 100 connections in use, and 10 s, is %d", ([open, expected]) => {
    const { admit, keepalive } = table({ connections: 100, idle: 10_000 });
    for (let i = 0; i < open; i++) admit(host(i));
    expect(keepalive()).toBe(expected);
  });

  test("is what is configured where that is less than the shortest under pressure", () => {
    const { admit, keepalive } = table({ connections: 10, idle: 500 });
    for (let i = 0; i < 9; i++) admit(host(i));
    expect(keepalive()).toBe(5);
  });
});

type Step =
  | { readonly kind: "admit"; readonly client: number }
  | { readonly kind: "progress"; readonly pick: number }
  | { readonly kind: "closed"; readonly pick: number }
  | { readonly kind: "enter"; readonly pick: number; readonly activity: TcpActivity }
  | { readonly kind: "pass"; readonly ticks: number };

const pick = fc.nat({ max: 1000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("admit" as const), client: fc.nat({ max: 3 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("progress" as const), pick }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("enter" as const),
      pick,
      activity: fc.constantFrom<TcpActivity>("idle", "receiving", "answering"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("closed" as const), pick }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("pass" as const), ticks: fc.integer({ min: 1, max: 15 }) }) },
);

interface Modelled {
  readonly id: number;
  readonly client: number;
  since: number;
  turn: number;
  activity: TcpActivity;
  trusted: boolean;
}

/** What the table is to do, with a list that is searched and sorted each time. */
function model({ connections, perClient, idle }: TcpLimits) {
  let open: Modelled[] = [];
  let time = 0;
  let turns = 0;
  let ids = 0;
  const log: string[] = [];
  const timeout = (): number => {
    const shortest = Math.min(idle, 1000);
    const free = connections - open.length;
    return 2 * free >= connections ? idle : shortest + ((idle - shortest) * 2 * free) / connections;
  };
  const oldestFirst = (): Modelled[] => open.toSorted((a, b) => a.turn - b.turn);
  const leave = (gone: Modelled, ...said: readonly string[]): void => {
    open = open.filter((one) => one !== gone);
    log.push(...said);
  };
  const renew = (one: Modelled): void => {
    one.since = time;
    one.turn = turns++;
  };
  const on = (id: number, act: (one: Modelled) => void): void => {
    const found = open.find((one) => one.id === id);
    if (found !== undefined) act(found);
  };
  return {
    log,
    keepalive: () => (open.length >= connections ? 0 : Math.floor(timeout() / TICK)),
    open: () => open.length,
    admit(client: number) {
      const id = ids++;
      log.push("opened");
      const own = oldestFirst().filter((one) => one.client === client);
      const rivals = own.length >= perClient ? own : open.length >= connections ? oldestFirst() : undefined;
      const spared = rivals?.find(({ activity }) => activity !== "answering");
      if (rivals !== undefined && spared === undefined) return void log.push("refused");
      if (spared !== undefined) leave(spared, "evicted", `close ${spared.id}`);
      open.push({ id, client, since: time, turn: turns++, activity: "idle", trusted: true });
    },
    progress: (id: number) =>
      on(id, (one) => {
        renew(one);
        one.trusted = true;
      }),
    enter: (id: number, activity: TcpActivity) =>
      on(id, (one) => {
        if (activity === "receiving" && one.activity === "idle" && one.trusted) {
          renew(one);
          one.trusted = false;
        }
        one.activity = activity;
      }),
    closed: (id: number) => on(id, (one) => leave(one, "peer")),
    tick() {
      time += TICK;
      for (;;) {
        const [oldest] = oldestFirst();
        if (oldest === undefined || time - oldest.since < timeout() + TICK) return;
        leave(oldest, "timed-out", `close ${oldest.id}`);
      }
    },
  };
}

test("TcpConnections does what its model does, whatever happens in whatever order", () => {
  const limits = fc.record({
    connections: fc.integer({ min: 1, max: 8 }),
    perClient: fc.integer({ min: 1, max: 4 }),
    idle: fc.constantFrom(200, 1000, 2500),
  });
  const causes = new Set<string>();
  fc.assert(
    fc.property(limits, fc.array(step, { maxLength: 60, size: "max" }), (limits, steps) => {
      vi.clearAllTimers();
      const real = table(limits);
      const expected = model(limits);
      const said: string[] = [];
      let admitted = 0;
      for (const one of steps) {
        // Also those that are gone: an event may be late.
        const id = admitted === 0 || !("pick" in one) ? 0 : one.pick % admitted;
        if (one.kind === "admit") {
          admitted++;
          real.admit(host(one.client));
          expected.admit(one.client);
        } else if (one.kind === "progress") {
          real.at(id)?.progress();
          expected.progress(id);
        } else if (one.kind === "enter") {
          real.at(id)?.enter(one.activity);
          expected.enter(id, one.activity);
        } else if (one.kind === "closed") {
          real.at(id)?.closed("peer");
          expected.closed(id);
        } else {
          for (let i = 0; i < one.ticks; i++) {
            pass(TICK);
            expected.tick();
          }
        }
        said.push(...real.log());
        expect(said).toEqual(expected.log);
        expect(real.keepalive()).toBe(expected.keepalive());
        expect(vi.getTimerCount()).toBe(expected.open() === 0 ? 0 : 1);
      }
      for (const word of said) causes.add(word.split(" ", 1)[0]!);
    }),
    { numRuns: 500 },
  );
  // What never happened was not tested.
  expect(causes).toEqual(new Set(["opened", "evicted", "refused", "timed-out", "peer", "close"]));
});
