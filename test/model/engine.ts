/** The engine asked the questions of the reference model: by the steps of `geosteer explain`, and over DNS. */
import { explainName } from "../../src/app/explain-name.ts";
import { formatDiagnostic } from "../../src/config/diagnostic.ts";
import { loadConfig } from "../../src/config/load-config.ts";
import { probedState, type EndpointState, type HealthView, type ProbedStatus } from "../../src/routing/health-view.ts";
import type { Snapshot } from "../../src/routing/snapshot.ts";
import type { CheckedConfig } from "../../src/config/settings.ts";
import { formatIpAddress, parseIpAddress, type IpAddress } from "../../src/shared/ip-address.ts";
import { err } from "../../src/shared/result.ts";
import { publicationOf, type Reply, type TestAnswerer } from "../support/answerer.ts";
import { octets, u16 } from "../support/query-packet.ts";
import { bitsOf, parseAddress } from "./addresses.ts";
import type { Configuration } from "./configuration.ts";
import { isUnknown, type Client } from "./places.ts";
import type { Answer, Asked, Known, Question, Ruling } from "./steering-model.ts";

/** Seconds: of the records and of NODATA of the first profile, and of what the zone denies. Others have longer ones. */
export const TTL = { records: 60, negative: 5, zone: 40 } as const;

/** The name that a profile answers. */
const nameOf = (profile: string): string => `${profile}.t.example.com`;

/** As an operator would write it: JSON text is YAML. */
export function loaded({ profiles, ...rest }: Configuration): CheckedConfig {
  const told = Object.entries(profiles).map(([name, profile], i) => [
    name,
    { names: [nameOf(name)], ttl: `${TTL.records + i}s`, negativeTtl: `${TTL.negative + i}s`, ...profile },
  ]);
  const whole = {
    zones: { "t.example.com": { nameservers: ["ns1.example.net"], soa: { minimum: `${TTL.zone}s` } } },
    monitors: { m: { protocol: "tcp", port: 80 } },
    // A label that nobody has is refused in a rule.
    sites: {
      s: { labels: { jurisdiction: "EU", provider: "own" } },
      t: { labels: { jurisdiction: "US", provider: "cloud" } },
    },
    ...rest,
    profiles: Object.fromEntries(told) as Configuration["profiles"],
  };
  const text = JSON.stringify(whole, undefined, 1);
  const readFile = () => err({ reason: "no such file", wanted: undefined });
  const result = loadConfig({ file: "graph.json", text, serial: 1, readFile });
  if (!result.ok) throw new Error(result.error.map(formatDiagnostic).join("\n"));
  return result.value;
}

type Explained = Omit<Asked, "configuration">;

/** Answers as `geosteer explain` does, each with its probability. */
export function explainer(config: CheckedConfig): (asked: Explained) => ReadonlyMap<Answer, number> {
  const { names, table } = publicationOf(config).publication;
  return ({ profile, client: { subnet, resolver }, question, down, ruled, known = {} }) => {
    const explained = explainName(
      { config, names, table, health: viewOf(config.snapshot, ruled, known) },
      {
        name: nameOf(profile),
        // Of types that only hosts answer.
        type: question === "HTTPS" ? "CNAME" : question,
        client: addressOf(subnet === undefined || isUnknown(subnet) ? resolver : subnet),
        resolver: addressOf(resolver),
        subnet: subnet !== undefined && !isUnknown(subnet),
        down,
      },
    );
    if (!explained.ok) throw new Error(JSON.stringify(explained.error));
    const answers = new Map<Answer, number>();
    for (const { answer, probability } of explained.value.outcomes) {
      const text = outcomeText(answer);
      answers.set(text, (answers.get(text) ?? 0) + probability);
    }
    return answers;
  };
}

/** All online, as operators have them be. */
function viewOf(
  { profiles, endpoints }: Snapshot,
  ruled: Explained["ruled"],
  known: NonNullable<Explained["known"]>,
): HealthView {
  return {
    stateOf(id) {
      const path = `${profiles[endpoints[id]!.profile]!.name}/${endpoints[id]!.name}`;
      return stateOf("online", ruled[path], known[path]);
    },
  };
}

export function stateOf(status: ProbedStatus, ruling: Ruling | undefined, known?: Known): EndpointState {
  const share = (typeof ruling === "number" ? ruling : 1) * (ruling === "up" ? 1 : (known?.ramp ?? 1));
  return {
    ...probedState(status),
    ...(known !== undefined && { load: known.load, addressesDown: known.without, ttlStep: known.step }),
    forced: typeof ruling === "number" ? undefined : ruling,
    share: Math.max(1, Math.round(share * 64)) / 64,
  };
}

function addressOf(subnet: string): IpAddress {
  return parseIpAddress(subnet.split("/")[0]!)!;
}

function outcomeText({ kind, data }: { readonly kind: string; readonly data: readonly string[] }): Answer {
  if (kind === "alias") return `CNAME ${data[0]!}`;
  return kind === "addresses" ? data.toSorted().join(" ") : kind.toUpperCase();
}

const TYPES: Readonly<Record<Question, number>> = { A: 1, AAAA: 28, HTTPS: 65 };

export interface Told {
  readonly answer: Answer;
  /** Of its records, or of the SOA record of a negative answer; undefined = it has none. */
  readonly ttl: number | undefined;
  /** Of the client's address; undefined = the query had no subnet. */
  readonly scope: number | undefined;
  /** As they are counted: one for each endpoint on the way; `-` is none. */
  readonly decisions: readonly { readonly profile: string; readonly endpoint: string; readonly reason: string }[];
  /** The rules that are counted to have removed something, in the order of their names. */
  readonly filtered: readonly string[];
}

export function asked(server: TestAnswerer, profile: string, question: Question, { subnet, resolver }: Client): Told {
  const query = {
    name: nameOf(profile),
    type: TYPES[question],
    ...(subnet !== undefined && { ecs: optionOf(subnet) }),
  };
  const reply = server.ask(query, { peer: resolver });
  const [family, , scope] = reply.message?.edns?.ecs?.split(" ").map(Number) ?? [];
  return {
    answer: answerOf(reply, nameOf(profile)),
    ttl: ttlOf(reply),
    scope: family === undefined ? undefined : scope,
    // In the order of the profiles' names, which is that of nesting here.
    decisions: reply.counted.flatMap((label) => {
      const [, profile, endpoint, reason] = /^decision (.*)\/(.*) (.*)$/.exec(label) ?? [];
      return profile === undefined ? [] : [{ profile, endpoint: endpoint!, reason: reason! }];
    }),
    filtered: reply.counted.flatMap((label) => {
      const [, of, rule] = /^filtered (.*) (.*)$/.exec(label) ?? [];
      return of === undefined ? [] : [of === profile ? rule! : label];
    }),
  };
}

/** A client subnet option (RFC 7871 section 6). */
function optionOf(subnet: string): Uint8Array {
  const [text = "", length = ""] = subnet.split("/");
  const { family, value } = parseAddress(text);
  const size = Math.ceil(Number(length) / 8);
  const shown = value >> BigInt(bitsOf(family) - size * 8);
  const address = Uint8Array.from({ length: size }, (_, i) => Number((shown >> BigInt((size - 1 - i) * 8)) & 0xffn));
  return octets(u16(family === 4 ? 1 : 2), Uint8Array.of(Number(length), 0), address);
}

const RCODES: Readonly<Record<number, Answer>> = { 0: "NODATA", 2: "SERVFAIL", 3: "NXDOMAIN" };

function answerOf({ message }: Reply, name: string): Answer {
  const { rcode, answers } = message!;
  if (answers.length === 0) return RCODES[rcode]!;
  const records = answers.map((line) => {
    const [owner, , type, data = ""] = line.split(" ");
    if (rcode !== 0 || owner !== name) throw new Error(`${line} is no answer for ${name}`);
    return type === "CNAME" ? `CNAME ${data}` : formatIpAddress(parseIpAddress(data)!);
  });
  return records.toSorted().join(" ");
}

/** The same in all records of a set (RFC 2181 section 5.2). */
function ttlOf({ message }: Reply): number | undefined {
  const { answers, authority } = message!;
  const ttls = new Set([...answers, ...authority].map((line) => Number(line.split(" ")[1])));
  if (ttls.size > 1) throw new Error(`several TTLs: ${[...answers, ...authority].join("; ")}`);
  return [...ttls][0];
}
