/** What became of each query: answered right, answered wrong, or lost. Pure: time comes in as an argument. */
import { readMessage, type Message } from "../support/read-message.ts";

export interface Question {
  readonly name: string;
  /** The query; its ID is set for each time that it is asked. */
  readonly packet: Uint8Array;
  /** What is wrong with the answer; undefined = nothing. */
  readonly fault: (answer: Message) => string | undefined;
}

export interface Totals {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  readonly wrong: number;
}

export interface Tally {
  /** The query to send. */
  ask(question: Question, now: number): Uint8Array;
  receive(packet: Uint8Array): void;
  /** Gives up what was asked longer ago than `LOST`. */
  expire(now: number): void;
  /** Queries that are neither answered nor lost. */
  waiting(): number;
  totals(): Totals;
  /** The first few of the wrong answers and lost queries. */
  examples(): readonly string[];
}

/** Milliseconds after which no resolver waits for an answer any more. */
export const LOST = 5000;

const MAX_EXAMPLES = 10;

export function createTally(): Tally {
  const waiting = new Map<number, { readonly question: Question; readonly at: number }>();
  const examples: string[] = [];
  let [next, sent, answered, lost, wrong] = [0, 0, 0, 0, 0];

  const tell = (example: string): void => {
    if (examples.length < MAX_EXAMPLES) examples.push(example);
  };
  const lose = (id: number, { name }: Question): void => {
    lost++;
    waiting.delete(id);
    tell(`${name}: no answer within ${LOST / 1000} s`);
  };

  return {
    ask(question, now) {
      const id = next++ & 0xffff;
      const holder = waiting.get(id);
      if (holder !== undefined) lose(id, holder.question);
      waiting.set(id, { question, at: now });
      sent++;
      const packet = Uint8Array.from(question.packet);
      new DataView(packet.buffer).setUint16(0, id);
      return packet;
    },
    receive(packet) {
      const fault = faultOf(packet, (id) => {
        const question = waiting.get(id)?.question;
        waiting.delete(id);
        return question;
      });
      if (fault === undefined) answered++;
      else {
        wrong++;
        tell(fault);
      }
    },
    expire(now) {
      for (const [id, { question, at }] of waiting) if (now - at >= LOST) lose(id, question);
    },
    waiting: () => waiting.size,
    totals: () => ({ sent, answered, lost, wrong }),
    examples: () => examples,
  };
}

function faultOf(packet: Uint8Array, take: (id: number) => Question | undefined): string | undefined {
  let answer: Message;
  try {
    answer = readMessage(packet);
  } catch (cause) {
    return `an answer that cannot be read: ${(cause as Error).message}`;
  }
  const question = take(answer.id);
  if (question === undefined) return `an answer that nobody waits for: ${answer.question?.name ?? "no question"}`;
  if (answer.question?.name !== question.name) {
    return `${question.name}: an answer for ${answer.question?.name ?? "no question"}`;
  }
  const fault = question.fault(answer);
  return fault === undefined ? undefined : `${question.name}: ${fault}`;
}

export function sumOf(all: readonly Totals[]): Totals {
  const sum = (key: keyof Totals): number => all.reduce((total, one) => total + one[key], 0);
  return { sent: sum("sent"), answered: sum("answered"), lost: sum("lost"), wrong: sum("wrong") };
}
