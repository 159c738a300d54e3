import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEndpointFold, type EndpointFold } from "../../src/health/endpoint-fold.ts";
import type { EndpointCheck } from "../../src/health/monitoring.ts";
import { neverProbed, type ProbeState } from "../../src/health/probe-state.ts";
import type { ProbePlan, ProbeTarget } from "../../src/health/probe-target.ts";
import type { ProbedStatus } from "../../src/routing/health-view.ts";
import { atLeast, each, not, planOf, probe, stateOf, targetAt, whole } from "./fixtures/endpoints.ts";

const [up, down, unknown] = ["online", "degraded", "checking"] as const;

interface Kept {
  readonly states?: Readonly<Record<string, ProbeState>>;
  readonly before?: EndpointFold;
  readonly loads?: Readonly<Record<string, number>>;
  readonly now?: number;
}

function foldOf(plan: ProbePlan, { states = {}, before, loads = {}, now = 0 }: Kept = {}): EndpointFold {
  return createEndpointFold(plan, {
    stateOf: (key) => states[key] ?? neverProbed(0),
    before,
    loadOf: (subject) => loads[subject] ?? 1,
    now,
  });
}

const shop = (hosts: readonly string[], check: EndpointCheck<number>, monitor: Parameters<typeof targetAt>[1] = {}) =>
  planOf(
    hosts.map((host) => targetAt(host, monitor)),
    { fra: check },
  );
const statusOf = (fold: EndpointFold): ProbedStatus => fold.of(0)!.status;

describe("createEndpointFold", () => {
  test("takes a target's state into all of its endpoints, and tells what has changed", () => {
    const plan = planOf([targetAt("a"), targetAt("b")], {
      one: whole(probe(0)),
      both: whole(atLeast(2, probe(0), probe(1))),
      other: whole(probe(1)),
    });
    const fold = foldOf(plan);
    const changed = (host: string, status: ProbedStatus) =>
      fold.take(host, stateOf(status), 0).map(({ from, to }) => [to.endpoint.name, from?.status, to.status]);
    expect(changed("a", up)).toEqual([["one", unknown, up]]);
    expect(changed("a", up)).toEqual([]);
    expect(changed("b", down)).toEqual([
      ["both", unknown, down],
      ["other", unknown, down],
    ]);
    expect(changed("elsewhere", down)).toEqual([]);
  });

  test("an address that is down leaves the answer while another is not; all of them never do", () => {
    const fold = foldOf(shop(["a", "b"], each(probe(0), probe(1))), { states: { a: stateOf(up), b: stateOf(up) } });
    const seen = (host: string, status: ProbedStatus) => {
      fold.take(host, stateOf(status), 0);
      const { health } = fold.of(0)!;
      return [health.status, health.addressesDown];
    };
    expect(seen("b", down)).toEqual([up, 0b10]);
    expect(seen("a", down)).toEqual([down, 0]);
    expect(seen("b", up)).toEqual([up, 0b01]);
    expect(seen("a", up)).toEqual([up, 0]);
  });

  test("any: the addresses stay together", () => {
    const fold = foldOf(shop(["a", "b"], { ...each(probe(0), probe(1)), addresses: "any" }), {
      states: { a: stateOf(down), b: stateOf(up) },
    });
    expect(fold.of(0)!.health).toMatchObject({ status: up, addressesDown: 0 });
  });

  test("the step of the TTL is told where a TTL falls with it alone; else nothing has changed", () => {
    const targets = [targetAt("a")];
    const fold = foldOf(planOf(targets, { falling: whole(probe(0)), fixed: whole(probe(0)) }), {
      states: { a: stateOf(up) },
    });
    const changes = fold.take("a", stateOf(up, { failures: 3 }), 1);
    expect(changes.map(({ to }) => [to.endpoint.name, to.health.ttlStep > 0])).toEqual([["falling", true]]);
    expect(fold.of(1)!.health.ttlStep).toBe(0);
  });

  describe("what was known before", () => {
    const before = (status: ProbedStatus) => foldOf(shop(["a"], whole(probe(0))), { states: { a: stateOf(status) } });

    test.for([up, down] as const)("a changed check keeps %s until its first result, which decides", (status) => {
      const after = foldOf(shop(["new"], whole(probe(0))), { before: before(status) });
      const later = foldOf(shop(["newer"], whole(probe(0))), { before: after });
      expect([statusOf(after), statusOf(later)]).toEqual([status, status]);
      const other = status === up ? down : up;
      later.take("newer", stateOf(other), 0);
      expect(statusOf(later)).toBe(other);
    });

    test("an endpoint that was not probed begins anew", () => {
      const gone = foldOf(planOf([], {}), { before: before(down) });
      expect(statusOf(foldOf(shop(["a"], whole(probe(0))), { before: gone }))).toBe(unknown);
    });

    test("so it is with each address: one that was down stays out of the answer", () => {
      const old = foldOf(shop(["a", "b"], each(probe(0), probe(1))), { states: { a: stateOf(up), b: stateOf(down) } });
      const targets = ["b", "c", "a"].map((host): ProbeTarget => ({ ...targetAt(host), key: `/ready ${host}` }));
      const fold = foldOf(planOf(targets, { fra: each(probe(0), probe(1), probe(2)) }), { before: old });
      expect(fold.of(0)!.health).toMatchObject({ status: up, addressesDown: 0b001 });
      fold.take("/ready b", stateOf(up), 0);
      expect(fold.of(0)!.health).toMatchObject({ status: up, addressesDown: 0 });
    });

    test("what is open again stays as it was: nobody knows better", () => {
      const fold = foldOf(shop(["a", "b"], whole(atLeast(1, probe(0), probe(1)))), { states: { a: stateOf(up) } });
      fold.take("a", stateOf(down), 0);
      expect(statusOf(fold)).toBe(up);
      fold.take("b", stateOf(down), 0);
      expect(statusOf(fold)).toBe(down);
    });

    test("since goes on while the status does", () => {
      const old = foldOf(shop(["a"], whole(probe(0))), { states: { a: stateOf(down, { since: 5 }) } });
      const fold = foldOf(shop(["b"], whole(probe(0))), { before: old });
      fold.take("b", stateOf(down, { since: 9 }), 9);
      expect(fold.of(0)!.since).toBe(5);
      fold.take("b", stateOf(up, { since: 12 }), 12);
      expect(fold.of(0)!.since).toBe(12);
    });
  });

  describe("the share of one that comes back", () => {
    const rampUp = 63_000;
    const plan = shop(["a", "b"], whole(atLeast(2, probe(0), probe(1))), { rampUp });
    const good = { a: stateOf(up), b: stateOf(up) };
    const rampOf = (fold: EndpointFold): number => fold.of(0)!.health.ramp * 64;

    test("grows from 1/64 over the time of its monitor, step by step", () => {
      const fold = foldOf(plan, { states: good });
      expect([rampOf(fold), fold.nextStep(0)]).toEqual([64, undefined]);
      fold.take("a", stateOf(down), 0);
      expect([rampOf(fold), fold.nextStep(0)]).toEqual([64, undefined]);
      fold.take("a", stateOf(up), 1000);
      expect([rampOf(fold), fold.nextStep(1000)]).toEqual([1, 2000]);
      expect(fold.step(2000)).toHaveLength(1);
      expect([rampOf(fold), fold.nextStep(2000)]).toEqual([2, 3000]);
      fold.step(64_000);
      expect([rampOf(fold), fold.nextStep(64_000)]).toEqual([64, undefined]);
      expect(fold.step(65_000)).toEqual([]);
    });

    test("is whole at once after the first result, and with what was known before the start", () => {
      const first = foldOf(plan);
      for (const host of ["a", "b"]) first.take(host, stateOf(up), 1000);
      expect(rampOf(first)).toBe(64);
      expect(rampOf(foldOf(plan, { states: good }))).toBe(64);
    });

    test("begins anew when it is down meanwhile, and goes on over a reload", () => {
      const fold = foldOf(plan, { states: { ...good, a: stateOf(down) } });
      fold.take("a", stateOf(up), 1000);
      fold.take("b", stateOf(down), 5000);
      expect(fold.nextStep(5000)).toBeUndefined();
      fold.take("b", stateOf(up), 10_000);
      const reloaded = foldOf(plan, { states: good, before: fold, now: 12_000 });
      expect([rampOf(reloaded), reloaded.nextStep(12_000)]).toEqual([3, 13_000]);
    });

    test("is that of the longest of its monitors", () => {
      const targets = [targetAt("a", { rampUp }), targetAt("b")];
      const fold = foldOf(planOf(targets, { fra: whole(atLeast(2, probe(0), probe(1))) }), {
        states: { a: stateOf(up), b: stateOf(down) },
      });
      fold.take("b", stateOf(up), 0);
      expect(fold.nextStep(0)).toBe(1000);
    });
  });

  test("the load of an endpoint is asked for by its subject, again when it is told to have changed", () => {
    const loads = { "shop/fra": 0.5 };
    const fold = foldOf(shop(["a"], whole(probe(0))), { states: { a: stateOf(up) }, loads });
    expect(fold.of(0)!.health.load).toBe(0.5);
    loads["shop/fra"] = 0.25;
    expect(fold.takeLoads(["shop/fra", "shop/other"], 0)).toMatchObject([{ to: { health: { load: 0.25 } } }]);
    expect(fold.takeLoads(["shop/fra"], 0)).toEqual([]);
  });

  describe("the reason", () => {
    const states = {
      a: stateOf(down, { lastFailure: "status 503" }),
      b: stateOf(down),
      c: stateOf(up),
      d: stateOf(down),
    };

    test.for<[what: string, check: EndpointCheck<number>, reason: string | undefined]>([
      ["of the one target, without its name", whole(probe(0)), "status 503"],
      ["of several addresses, with them", each(probe(0), probe(1)), "a: status 503; b: refused"],
      ["of a composite, with the names of monitors", whole(atLeast(2, probe(0), probe(2))), "web: status 503"],
      ["of both", each(atLeast(2, probe(0), probe(2)), probe(1)), "a web: status 503; b web: refused"],
      ["of what should fail", whole(not(probe(2))), "web: succeeds, wanted a failure"],
      [
        "of many, the first",
        each(...[0, 1, 3, 0, 1].map((i) => atLeast(1, probe(i)))),
        "a web: status 503; b web: refused; d web: refused",
      ],
      ["of none", whole(probe(2)), undefined],
    ])("%s", ([, check, reason]) => {
      expect(foldOf(shop(["a", "b", "c", "d"], check), { states }).of(0)!.reason).toBe(reason);
    });

    test("names three, and says how many more", () => {
      const hosts = ["a", "b", "c", "d", "e"];
      const all = Object.fromEntries(hosts.map((host) => [host, stateOf(down)]));
      expect(foldOf(shop(hosts, each(...hosts.map((_, i) => probe(i)))), { states: all }).of(0)!.reason).toBe(
        "a: refused; b: refused; c: refused; and 2 more",
      );
    });
  });

  test("over reloads and results an endpoint is what its formula says, else what it was", () => {
    const hosts = ["a", "b", "c"] as const;
    const checks = fc.constantFrom<EndpointCheck<number>>(
      whole(probe(0)),
      whole(atLeast(2, probe(0), probe(1))),
      whole(not(probe(2))),
      each(probe(0), probe(1)),
    );
    const steps = fc.oneof(
      fc.record({ kind: fc.constant("reload"), path: fc.constantFrom("/1", "/2"), check: fc.option(checks) }),
      fc.record({ kind: fc.constant("result"), host: fc.constantFrom(...hosts), status: fc.constantFrom(up, down) }),
    );
    const anyUp = (all: readonly ProbedStatus[]) =>
      all.includes(up) ? up : all.every((one) => one === down) ? down : unknown;
    const model = (check: EndpointCheck<number>, of: readonly ProbedStatus[]): ProbedStatus => {
      const [a, b, c] = of as [ProbedStatus, ProbedStatus, ProbedStatus];
      if (check.addresses === "each") return anyUp([a, b]);
      const [part] = check.parts;
      if (part!.kind === "probe") return a;
      if (part!.kind === "not") return c === up ? down : c === down ? up : unknown;
      if (a === down || b === down) return down;
      return a === up && b === up ? up : unknown;
    };
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 40, size: "max" }), (sequence) => {
        let fold = foldOf(planOf([], {}));
        let path = "";
        let check: EndpointCheck<number> | null = null;
        /** The model: results by what was asked, what each address was taken for, and the endpoint. */
        const results = new Map<string, ProbeState>();
        let addresses: readonly ProbedStatus[] = [];
        let wanted: ProbedStatus | undefined;
        for (const step of sequence) {
          if (step.kind === "reload") {
            const isEach = step.check?.addresses === "each" && check?.addresses === "each";
            ({ path, check } = step);
            const targets = hosts.map((host): ProbeTarget => ({ ...targetAt(host), key: host + path }));
            // Who is not asked for has no state.
            if (check === null) results.clear();
            for (const key of results.keys()) if (!key.endsWith(path)) results.delete(key);
            fold = foldOf(planOf(targets, check === null ? {} : { fra: check }), {
              states: Object.fromEntries(results),
              before: fold,
            });
            if (!isEach) addresses = [];
            if (check === null) wanted = undefined;
          } else if (check !== null) {
            results.set(step.host + path, stateOf(step.status));
            fold.take(step.host + path, stateOf(step.status), 0);
          }
          if (check !== null) {
            const known = hosts.map((host) => results.get(host + path)?.status ?? unknown);
            const judged =
              check.addresses === "each"
                ? known.map((one, i) => (one === unknown ? (addresses[i] ?? one) : one))
                : known;
            if (check.addresses === "each") addresses = judged;
            const found = model(check, judged);
            wanted = found === unknown ? (wanted ?? unknown) : found;
          }
          expect(fold.of(0)?.status).toBe(wanted);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
