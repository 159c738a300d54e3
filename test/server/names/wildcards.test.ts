/**
 * Names, static wildcards, wildcard profiles and delegations as they come, answered by the real server as RFC 4592 says
 * by a plain second implementation; and the tree that the checks follow leads to the same profiles.
 */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { nameTree, profileAt } from "../../../src/shared/name-tree.ts";
import type { RecordSet } from "../../../src/shared/zone.ts";
import { set } from "../../support/answer-rows.ts";
import { testAnswerer } from "../../support/answerer.ts";
import { RCODE, TYPE } from "../../support/conformance-server.ts";
import type { Message } from "../../support/read-message.ts";
import { zoneOf, type ProfileSpec, type SnapshotSpec } from "../../support/snapshot.ts";
import { plainAnswer, type Data, type Type, type World } from "./plain-algorithm.ts";

const APEX = "z";
const OUTSIDE = "www.example";

// Few labels, so that names meet.
const label = fc.constantFrom("a", "b", "*");
const relative = fc.array(label, { minLength: 1, maxLength: 4 }).map((labels) => labels.join("."));
const name = relative.map((one) => `${one}.${APEX}`);
const target = fc.oneof({ weight: 9, arbitrary: name }, { weight: 1, arbitrary: fc.constant(OUTSIDE) });

const written = fc.record({
  owner: name,
  data: fc.oneof(
    fc.constant<Data>({ kind: "text", text: "t" }),
    target.map((to): Data => ({ kind: "cname", target: to })),
    fc.constant<Data>({ kind: "cut" }),
    fc.nat(200).map((n): Data => ({ kind: "address", address: `192.0.2.${n}` })),
    target.map((host): Data => ({ kind: "host", host })),
    fc.constant<Data>({ kind: "off" }),
  ),
});

interface Asked {
  /** Each below the one before. */
  readonly apexes: readonly string[];
  readonly written: readonly { readonly owner: string; readonly data: Data }[];
  readonly questions: readonly string[];
}

const TYPES: readonly Type[] = ["A", "TXT", "CNAME", "MX", "ANY"];

const asked: fc.Arbitrary<Asked> = fc.record({
  apexes: fc.constantFrom([APEX], [APEX, `a.${APEX}`], [APEX, `b.a.${APEX}`]),
  written: fc.array(written, { minLength: 1, maxLength: 8 }),
  questions: fc.array(
    fc.oneof({ weight: 19, arbitrary: name }, { weight: 1, arbitrary: fc.constantFrom(APEX, "a.y") }),
    {
      minLength: 1,
      maxLength: 12,
    },
  ),
});

const isProfile = ({ kind }: Data): boolean => kind === "address" || kind === "host" || kind === "off";
const isAlone = ({ kind }: Data): boolean => kind === "cname" || kind === "host" || kind === "cut";

/** What a configuration may have of all that is written: an earlier line wins over one that does not go with it. */
function worldOf({ apexes, written: lines }: Asked): World {
  const owners = new Map<string, readonly Data[]>();
  const cuts = new Set<string>();
  const isBelow = (one: string, above: string): boolean => one === above || one.endsWith(`.${above}`);
  for (const { owner, data } of lines) {
    const others = owners.get(owner) ?? [];
    if (others.some(isAlone) || (isAlone(data) && others.length > 0)) continue;
    if (others.some((one) => one.kind === data.kind || (isProfile(one) && isProfile(data)))) continue;
    if (apexes.includes(owner) && isAlone(data)) continue;
    // Asterisks of profiles and of cuts are wildcards, or none.
    if (isProfile(data) && owner.slice(1).includes("*")) continue;
    if (data.kind === "cut" && owner.includes("*")) continue;
    const apex = apexes.findLast((one) => isBelow(owner, one));
    const isOfZone = (one: string): boolean => apexes.findLast((other) => isBelow(one, other)) === apex;
    // Nothing but glue below a cut.
    if (data.kind === "cut" && [...owners.keys()].some((one) => isBelow(one, owner) && isOfZone(one))) continue;
    if (data.kind === "cut" && apexes.some((one) => isBelow(one, owner))) continue;
    if ([...cuts].some((cut) => isBelow(owner, cut) && isOfZone(cut))) continue;
    if (data.kind === "cut") cuts.add(owner);
    owners.set(owner, [...others, data]);
  }
  return { apexes, owners };
}

function recordsOf(owner: string, data: Data): readonly RecordSet[] {
  if (data.kind === "text") return [set(owner, `TXT ${data.text}`)];
  if (data.kind === "cname") return [set(owner, `CNAME ${data.target}`)];
  return data.kind === "cut" ? [set(owner, "NS ns.example")] : [];
}

function profilesOf(owner: string, data: Data): readonly (readonly [string, ProfileSpec])[] {
  const names = [owner];
  if (data.kind === "address") return [[owner, { names, endpoints: { one: { address: [data.address] } } }]];
  if (data.kind === "host") return [[owner, { names, endpoints: { one: { host: data.host } } }]];
  return data.kind === "off" ? [[owner, { names, enabled: false, endpoints: { one: {} } }]] : [];
}

function specOf({ apexes, owners }: World): SnapshotSpec {
  const all = [...owners].flatMap(([owner, data]) => data.map((one) => [owner, one] as const));
  const apexOf = (owner: string): string => apexes.findLast((one) => owner === one || owner.endsWith(`.${one}`))!;
  return {
    zones: apexes.map((apex) => ({
      ...zoneOf(apex),
      records: all.filter(([owner]) => apexOf(owner) === apex).flatMap(([owner, data]) => recordsOf(owner, data)),
    })),
    profiles: Object.fromEntries(all.flatMap(([owner, data]) => profilesOf(owner, data))),
  };
}

const RCODES: ReadonlyMap<number, string> = new Map(Object.entries(RCODE).map(([text, code]) => [code, text]));

/** Without times to live. */
function withoutTtl(line: string): string {
  return line.replace(/^(\S+) \d+ /, "$1 ");
}

function replyOf({ rcode, answers, authority }: Message) {
  const [type = "none"] = authority.map((line) => line.split(" ")[2]);
  return { rcode: RCODES.get(rcode), answers: answers.map(withoutTtl), authority: type };
}

test("any names: the server answers as RFC 4592 says, and counts for the profile whose name, or wildcard, it is", () => {
  const met = new Map<string, number>();
  fc.assert(
    fc.property(asked, (all) => {
      const world = worldOf(all);
      const server = testAnswerer(specOf(world));
      for (const question of all.questions) {
        for (const type of TYPES) {
          const { profile, ...wanted } = plainAnswer(world, question, type);
          const { message, counted } = server.ask({ name: question, type: TYPE[type] });
          const [, counter] = counted.find((line) => line.startsWith("query "))!.split(" ");
          const said = `${question} ${type}`;
          expect({ said, ...replyOf(message!), counter }).toEqual({ said, ...wanted, counter: profile ?? "-" });
          const way = profile?.startsWith("*.") === true && profile !== question ? "covered" : "not covered";
          const what = `${wanted.rcode} ${wanted.authority} ${way} ${wanted.answers.length}`;
          met.set(what, (met.get(what) ?? 0) + 1);
        }
      }
    }),
    { numRuns: 600 },
  );
  // Each kind of answer is among what was asked, those of wildcard profiles too.
  expect([...met].filter(([, count]) => count >= 20).map(([what]) => what)).toEqual(
    expect.arrayContaining([
      "NOERROR none covered 1",
      "NOERROR SOA covered 0",
      "NXDOMAIN SOA covered 0",
      "NXDOMAIN SOA not covered 0",
      "NOERROR NS not covered 0",
    ]),
  );
});

test("any names: the tree that the checks follow leads to the profile that the server answers with", () => {
  fc.assert(
    fc.property(asked, (all) => {
      const world = worldOf(all);
      const { profiles = {}, zones = [] } = specOf(world);
      const names = Object.keys(profiles);
      const steered = names.map((owner, id) => [owner, id] as const);
      const tree = nameTree(zones, steered);
      // A host leads no further here: the profile that has it is the one that is looked for.
      const isEnd = (one: Data): Data => (one.kind === "host" ? { kind: "address", address: "192.0.2.1" } : one);
      const owners = new Map([...world.owners].map(([owner, data]) => [owner, data.map(isEnd)]));
      for (const question of all.questions) {
        const id = profileAt(question, tree);
        const { profile } = plainAnswer({ ...world, owners }, question, "A");
        expect([question, id === undefined ? undefined : names[id]]).toEqual([question, profile]);
      }
    }),
    { numRuns: 1000 },
  );
});
