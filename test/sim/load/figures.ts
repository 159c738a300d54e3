/** What is read from a day: whether it swung, for how long it was too much, what came first and what came back. */
import { FLASH } from "./demand.ts";

export interface Moment {
  /** Seconds since midnight. */
  readonly time: number;
  /** Of what the premises can do. */
  readonly demand: number;
  /** The parts of all clients. */
  readonly premises: number;
  readonly cloud: number;
  /** Of the premises: 1 = all that they can do. */
  readonly load: number;
  /** What geosteer has the premises keep. */
  readonly kept: number;
}

interface Scale {
  readonly day: number;
  readonly ttl: number;
  readonly critical: number;
}

export function figuresOf(moments: readonly Moment[], { day, ttl, critical }: Scale): readonly string[] {
  const hour = (time: number): number => (24 * time) / day;
  const [rise, fall] = [FLASH.from * day, FLASH.to * day];
  const calm = moments.filter(
    ({ time }) =>
      time > 4 * ttl &&
      !(time > rise - 4 * ttl && time < rise + 8 * ttl) &&
      !(time > fall - 4 * ttl && time < fall + 8 * ttl),
  );
  const spilling = calm.filter(({ cloud }) => cloud > 0.02);
  const swingsOf = (valueOf: (moment: Moment) => number): readonly number[] =>
    spilling.map((moment) => {
      const near = moments.filter(({ time }) => Math.abs(time - moment.time) <= 4 * ttl);
      return Math.abs(valueOf(moment) - near.reduce((sum, one) => sum + valueOf(one), 0) / near.length);
    });
  const swings = { kept: swingsOf(({ kept }) => kept), had: swingsOf(({ premises }) => premises) };
  const first = moments.find(({ time, cloud }) => time > 2 * ttl && cloud > 0.01);
  const back = moments.findLast(({ cloud }) => cloud > 0.01);
  const busy = spilling.map(({ load }) => load).toSorted((a, b) => a - b);
  return [
    `above critical: ${seconds(longestOver(moments, critical))} at most without a break (${(longestOver(moments, critical) / ttl).toFixed(2)} TTL), highest load ${percent(Math.max(...moments.map(({ load }) => load)))}`,
    `above critical outside the flash crowd's beginning and end: ${seconds(longestOver(calm, critical))}`,
    `swing around the mean of 8 TTLs while some are in the cloud, 95 % and at most: of the share that geosteer leaves the premises ${percent(quantile(swings.kept, 0.95))}, ${percent(Math.max(...swings.kept))}; of the clients that they have ${percent(quantile(swings.had, 0.95))}, ${percent(Math.max(...swings.had))}`,
    `load of the premises while some are in the cloud: ${percent(quantile(busy, 0.05))} to ${percent(quantile(busy, 0.95))} (5 % to 95 %)`,
    `first in the cloud: at ${first === undefined ? "never" : `${hour(first.time).toFixed(1)} h, demand ${percent(first.demand)}`}`,
    `last in the cloud: at ${back === undefined ? "never" : `${hour(back.time).toFixed(1)} h, demand ${percent(back.demand)}`}`,
  ];
}

/** Seconds. */
function longestOver(moments: readonly Moment[], limit: number): number {
  let [longest, since] = [0, undefined as number | undefined];
  for (const { time, load } of moments) {
    if (load <= limit) since = undefined;
    else {
      since ??= time;
      longest = Math.max(longest, time - since);
    }
  }
  return longest;
}

function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

const percent = (value: number): string => `${(100 * value).toFixed(1)} %`;
const seconds = (value: number): string => `${value.toFixed(1)} s`;
