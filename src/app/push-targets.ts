/**
 * Which probe targets a report is about, and the probes that it causes: each counts as one result, at once, so that what
 * reports itself down is not served until its turn.
 */
import { subjectOf } from "../health/endpoint-fold.ts";
import type { ProbePlan } from "../health/probe-target.ts";
import type { Outline } from "../routing/outline.ts";
import { nextTurn } from "./in-turns.ts";

export interface PushTargets {
  /** Takes what is probed for a generation in place of those before. */
  follow(plan: ProbePlan, outline: Outline): void;
  /** The site of an endpoint that is probed by push. */
  siteOf(subject: string): string | undefined;
  /** How many targets a report on this subject is about. */
  countOf(subject: string): number;
  /** Has them probed, in turns: a site may have ten thousand. */
  wake(subject: string): void;
}

/** Probes that begin before others go first. */
const A_TURN = 100;

export function createPushTargets(probe: (key: string) => unknown): PushTargets {
  let keysOf: ReadonlyMap<string, readonly string[]> = new Map();
  let siteOf: ReadonlyMap<string, string> = new Map();
  const woken = new Set<string>();
  let isWaking = false;

  const turn = async (): Promise<void> => {
    if (isWaking) return;
    isWaking = true;
    while (woken.size > 0) {
      for (const key of woken.keys().take(A_TURN)) {
        woken.delete(key);
        probe(key);
      }
      await nextTurn();
    }
    isWaking = false;
  };

  return {
    follow({ targets, endpoints: probed }, { endpoints }) {
      const siteOfProbed = new Map(probed.map((one) => [subjectOf(one), endpoints[one.id]?.site]));
      const keys = new Map<string, string[]>();
      const sites = new Map<string, string>();
      const add = (subject: string, key: string): void => {
        const known = keys.get(subject);
        if (known === undefined) keys.set(subject, [key]);
        else known.push(key);
      };
      for (const { key, check, monitor } of targets) {
        if (monitor.protocol !== "push" || check.subject === undefined) continue;
        add(check.subject, key);
        const site = siteOfProbed.get(check.subject);
        if (site === undefined) continue;
        sites.set(check.subject, site);
        add(`site:${site}`, key);
      }
      keysOf = keys;
      siteOf = sites;
    },
    siteOf: (subject) => siteOf.get(subject),
    countOf: (subject) => keysOf.get(subject)?.length ?? 0,
    wake(subject) {
      for (const key of keysOf.get(subject) ?? []) woken.add(key);
      void turn();
    },
  };
}
