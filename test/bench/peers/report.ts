/** The results as Markdown: the figures of all servers, the ratios that are to be reached, and what else must be said. */
import { FIXED_RATE, type Throughput } from "./dnsperf.ts";
import { median, type Results, type ServerFigures } from "./results.ts";
import {
  FENCED,
  FLOOR,
  GDNSD,
  GEOGRAPHIC,
  KNOT,
  MULTIVALUE,
  OURS,
  PORTABLE,
  POWERDNS,
  STICKY,
} from "./servers/table.ts";

export function report(results: Results): string {
  return [heading(results), figureTable(results), ratioTable(results), notes(results)].join("\n\n");
}

function heading({ date, command, machine, rounds, seconds }: Results): string {
  const { processor, cores, kernel, generator, database } = machine;
  return [
    `\`${command}\` on ${date}: ${processor}, ${cores} cores, Linux ${kernel}; load by ${generator};`,
    `GeoIP: DB-IP country of ${database}. Medians of ${rounds} interleaved rounds of ${seconds} s; one UDP thread on one`,
    `core, the load on another; 127.0.0.1. Queries per CPU-second: answered queries ÷ user and system time of the process.`,
  ].join("\n");
}

function figureTable({ servers }: Results): string {
  const rows = servers.map(({ name, version, readyAfter, memory, subnets, plain, latency, sweep }) => [
    `${name} (${version})`,
    count(median(subnets.map(({ perCpuSecond }) => perCpuSecond))),
    count(median(plain.map(({ perCpuSecond }) => perCpuSecond))),
    `${count(median(latency.map(({ p50 }) => p50)))} / ${count(median(latency.map(({ p99 }) => p99)))}`,
    memory.toFixed(0),
    count(median(readyAfter)),
    sweep === undefined ? "–" : count(sweep.entries),
  ]);
  const titles = [
    "server",
    "queries per CPU-second, client subnets",
    "the same, plain queries",
    `p50 / p99 at ${count(FIXED_RATE)} q/s, µs`,
    "resident memory, MiB",
    "start to first answer, ms",
    "cache entries that cover IPv4",
  ];
  return table(titles, rows);
}

interface Target {
  readonly figure: string;
  /** Whose ratio; ours. */
  readonly of?: string;
  readonly peer: string;
  readonly wanted: string;
  readonly isReached: (ratio: number) => boolean;
  /** One for each round. */
  readonly ratios: (ours: ServerFigures, peer: ServerFigures) => readonly number[];
}

const atLeast = (least: number): Pick<Target, "wanted" | "isReached"> => ({
  wanted: `≥ ${least}`,
  isReached: (ratio) => ratio >= least,
});
const atMost = (most: number): Pick<Target, "wanted" | "isReached"> => ({
  wanted: `≤ ${most}`,
  isReached: (ratio) => ratio <= most,
});
const perCpuSecond: Pick<Target, "figure" | "ratios"> = {
  figure: "queries per CPU-second, client subnets",
  ratios: (ours, peer) => ours.subnets.map((round, i) => round.perCpuSecond / peer.subnets[i]!.perCpuSecond),
};

const TARGETS: readonly Target[] = [
  { ...perCpuSecond, peer: FLOOR.name, ...atLeast(0.85) },
  { ...perCpuSecond, peer: GDNSD.name, ...atLeast(1) },
  { ...perCpuSecond, peer: KNOT.name, ...atLeast(1.2) },
  { ...perCpuSecond, peer: POWERDNS.name, ...atLeast(4) },
  { ...perCpuSecond, peer: PORTABLE.name, ...atLeast(2.5) },
  {
    figure: `p99 at ${count(FIXED_RATE)} q/s`,
    peer: GDNSD.name,
    ...atMost(1.5),
    ratios: (ours, peer) => ours.latency.map(({ p99 }, i) => p99 / peer.latency[i]!.p99),
  },
  {
    figure: "cache entries that cover IPv4",
    peer: GDNSD.name,
    ...atMost(1),
    ratios: (ours, peer) => [ours.sweep!.entries / peer.sweep!.entries],
  },
  ...[STICKY, MULTIVALUE, FENCED].map(({ name }) => ({
    ...perCpuSecond,
    figure: `${perCpuSecond.figure}: ${name}`,
    of: name,
    peer: GEOGRAPHIC.name,
    ...atLeast(0.9),
  })),
];

function ratioTable({ servers, workers }: Results): string {
  const find = (name: string): ServerFigures | undefined => servers.find((server) => server.name === name);
  const rows = TARGETS.map(({ figure, of = OURS.name, peer, wanted, isReached, ratios }) => {
    const other = find(peer);
    if (other === undefined) return [figure, peer, wanted, "not measured", ""];
    const all = ratios(find(of)!, other);
    const ratio = median(all);
    const range = all.length > 1 ? ` (${Math.min(...all).toFixed(2)} to ${Math.max(...all).toFixed(2)})` : "";
    return [figure, peer, wanted, `${ratio.toFixed(2)}${range}`, isReached(ratio) ? "yes" : "**no**"];
  });
  const perSecond = workers.two.map((round, i) => round.perSecond / workers.one[i]!.perSecond);
  const perCpu = workers.two.map((round, i) => round.perCpuSecond / workers.one[i]!.perCpuSecond);
  rows.push(
    ["queries per second, 2 UDP workers", "1 UDP worker", "report it", median(perSecond).toFixed(2), ""],
    ["queries per CPU-second, 2 UDP workers", "1 UDP worker", "report it", median(perCpu).toFixed(2), ""],
  );
  return table([`${OURS.name}: ratio of`, "to", "wanted", "median (range of rounds)", "reached"], rows);
}

function notes(results: Results): string {
  const { servers, agreement, workers, skipped, machine } = results;
  const lines = skipped.map(({ name, packages }) => `${name} was not measured: install ${packages.join(" and ")}.`);
  const { asked, differences } = agreement;
  lines.push(
    differences.length === 0
      ? `All servers gave the same answers for ${asked} client subnets.`
      : `The servers differ on ${differences.length} of ${asked} client subnets, such as ${differences
          .slice(0, 3)
          .map(({ subnet, answers }) => `${subnet} (${pairs(answers)})`)
          .join("; ")}.`,
  );
  const shares = servers.map(({ name, subnets }) => `${name} ${percent(median(subnets.map(coreShare)))}`);
  lines.push(`Of its core a server used under full load: ${shares.join(", ")}. Below 100 % dnsperf was the limit.`);
  lines.push(...servers.flatMap(lossNote), ...servers.flatMap(sweepNotes));
  const rate = (rounds: Results["workers"]["one"]): string => count(median(rounds.map(({ perSecond }) => perSecond)));
  lines.push(
    `UDP workers: ${rate(workers.one)} queries per second with one, ${rate(workers.two)} with two, on two cores; ${
      machine.cores >= 4
        ? "the load on two others."
        : "the load shares them, so it is slowed down as much as it slows down."
    }`,
  );
  return lines.map((line) => `- ${line}`).join("\n");
}

function coreShare({ perSecond, perCpuSecond }: Throughput): number {
  return perSecond / perCpuSecond;
}

function lossNote({ name, subnets, plain, latency }: ServerFigures): readonly string[] {
  const total = (rounds: readonly { readonly lost: number }[]): number =>
    rounds.reduce((sum, { lost }) => sum + lost, 0);
  const lost = total(subnets) + total(plain);
  const lostAtRate = total(latency);
  if (lost + lostAtRate === 0) return [];
  return [`${name} lost ${count(lost)} queries under full load and ${count(lostAtRate)} at ${count(FIXED_RATE)} q/s.`];
}

function sweepNotes({ name, sweep }: ServerFigures): readonly string[] {
  if (sweep === undefined) return [];
  const { entries, entriesOf24, overlapping, unknownForEverybody, unknownOneByOne, wrong, checked } = sweep;
  const lines = [
    `${name}: ${count(entriesOf24)} cache entries where resolvers tell 24 bits of their clients, ${count(entries)} where they tell all.`,
  ];
  if (overlapping > 0)
    lines.push(`${name}: ${count(overlapping)} scopes overlap others, so **its entries compare badly**.`);
  if (wrong > 0) {
    lines.push(
      `${name}: in ${count(wrong)} of ${count(checked)} scopes another address gets another answer or scope, so **its entries compare badly**.`,
    );
  }
  if (unknownForEverybody > 0) {
    lines.push(
      `${name} answers clients in ${unknownForEverybody} networks that the database does not know with scope 0, which is wrong: a resolver gives such an answer to all its clients. Not counted as entries.`,
    );
  }
  if (unknownOneByOne > 0) {
    lines.push(
      `${name} answers clients that the database does not know with the longest scope: ${count(unknownOneByOne)} addresses, each an entry of its own. Not counted as entries.`,
    );
  }
  return lines;
}

function pairs(answers: Readonly<Record<string, string>>): string {
  return Object.entries(answers)
    .map(([name, answer]) => `${name} ${answer}`)
    .join(", ");
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)].join("\n");
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}
