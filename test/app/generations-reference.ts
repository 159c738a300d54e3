/**
 * What is known and forced of endpoints, as plainly as can be: probe targets by docs/health.md (`reference-state.ts`), overrides
 * by docs/commands.md, and what a reload and a restart leave of both. It is told what probes found and what operators did.
 */
import type { TargetRules } from "../../src/health/probe-state.ts";
import type { Forced, ProbedStatus } from "../../src/routing/health-view.ts";
import { createReference } from "../health/reference-state.ts";

/** What is configured: endpoints of the profile `shop`, by name. */
export interface Configured {
  readonly rules: Readonly<Record<MonitorName, TargetRules>>;
  readonly endpoints: Readonly<Record<string, ConfiguredEndpoint>>;
}

export interface ConfiguredEndpoint {
  readonly host: string;
  /** Up while all of them are; none = it is not probed. */
  readonly monitors: readonly MonitorName[];
}

export type MonitorName = "web" | "port";

/** `web 192.0.2.1`: a probe target. */
export type TargetName = `${MonitorName} ${string}`;

export function targetsOf({ host, monitors }: ConfiguredEndpoint): readonly TargetName[] {
  return monitors.map((monitor): TargetName => `${monitor} ${host}`);
}

interface Ruling {
  readonly endpoint: string | undefined;
  readonly forced: Forced;
  readonly until: number;
}

export function createGenerationsReference() {
  const targets = new Map<TargetName, ReturnType<typeof createReference>>();
  let config: Configured = { rules: {} as Configured["rules"], endpoints: {} };
  /** The statuses of endpoints by their names, where their targets do not say. */
  let known: ReadonlyMap<string, ProbedStatus> = new Map();
  let rulings: readonly Ruling[] = [];

  const statusOf = (endpoint: ConfiguredEndpoint): ProbedStatus => {
    const statuses = targetsOf(endpoint).map((name) => targets.get(name)?.state().status ?? "checking");
    if (statuses.includes("degraded")) return "degraded";
    return statuses.length > 0 && statuses.every((status) => status === "online") ? "online" : "checking";
  };
  /** What cannot be said stays as it was. */
  const look = (): void => {
    known = new Map(
      Object.entries(config.endpoints)
        .filter(([, { monitors }]) => monitors.length > 0)
        .map(([name, endpoint]) => {
          const status = statusOf(endpoint);
          return [name, status === "checking" ? (known.get(name) ?? "checking") : status];
        }),
    );
  };

  return {
    /** A probe has found something; `rules`: of its monitor, as they are or are about to be. */
    found(name: TargetName, isUp: boolean, rules: TargetRules, now: number): void {
      const target = targets.get(name) ?? createReference();
      targets.set(name, target);
      target.result(isUp, rules, now);
      look();
    },
    failback(name: TargetName, now: number): boolean {
      const isRecovered = targets.get(name)?.state().isRecovered === true;
      if (isRecovered) targets.get(name)!.failback(now);
      look();
      return isRecovered;
    },
    reload(next: Configured): void {
      config = next;
      const left = new Set(Object.values(next.endpoints).flatMap(targetsOf));
      for (const name of targets.keys()) if (!left.has(name)) targets.delete(name);
      look();
    },
    /** What was known of endpoints by their names alone is lost. */
    restart(): void {
      known = new Map();
      look();
    },
    rule(endpoint: string | undefined, forced: Forced, until: number): void {
      rulings = [...rulings, { endpoint, forced, until }];
    },
    /** Takes one back, of those that hold. */
    unrule(index: number, now: number): void {
      const holding = rulings.filter(({ until }) => until > now);
      rulings = holding.filter((_, i) => i !== index);
    },
    targets: () =>
      Object.fromEntries(
        Object.values(config.endpoints)
          .flatMap(targetsOf)
          .map((name) => [name, targets.get(name)?.state() ?? createReference().state()]),
      ),
    states(
      now: number,
    ): Readonly<Record<string, { readonly status: ProbedStatus; readonly forced: Forced | undefined }>> {
      const holding = rulings.filter(({ until }) => until > now);
      return Object.fromEntries(
        Object.keys(config.endpoints).map((name) => {
          // One for the endpoint alone counts before one for all, and of two such the later.
          const own = holding.findLast(({ endpoint }) => endpoint === name);
          const forced = (own ?? holding.findLast(({ endpoint }) => endpoint === undefined))?.forced;
          return [name, { status: known.get(name) ?? "checking", forced }];
        }),
      );
    },
  };
}
