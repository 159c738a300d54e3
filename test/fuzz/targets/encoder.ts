/** Well-formed queries for everything that random zones hold: what is written reads back, fits, and is the same again. */
import { createAnswerCheck, type CheckAnswer, type Sender } from "../check-answer.ts";
import { createChance } from "../chance.ts";
import { dissect } from "../dissect.ts";
import { replaced } from "../edit.ts";
import { queryMessage } from "../message-grammar.ts";
import { mutateMessage } from "../mutate-message.ts";
import { randomWorld } from "../random-world.ts";
import type { Target } from "../target.ts";

const WORLDS = 64;
/** Each is tried in every world before the run. */
const MODELS = 8;

const SENDERS: readonly Sender[] = [
  { transport: "udp", peer: "10.1.1.1" },
  { transport: "udp", peer: "2001:db8:de::1" },
  { transport: "tcp", peer: "192.0.2.1" },
];

export function createEncoderTarget(): Target {
  const worlds = Array.from({ length: WORLDS }, (_, seed) => randomWorld(seed));
  const checks: (CheckAnswer | undefined)[] = [];
  return {
    name: "encoder",
    form: "hex",
    variants: WORLDS * SENDERS.length,
    models: worlds.slice(0, MODELS).map(({ names }, seed) => queryMessage({ names }, createChance(seed))),
    generate: (chance, variant) => queryMessage(worlds[variant % WORLDS]!, chance),
    mutate(input, other, chance) {
      if (chance.below(4) === 0) return mutateMessage(input, other, chance);
      // The name of one, type, class and EDNS of the other.
      const [to, from] = [dissect(input), dissect(other)];
      if (!to.hasQuestion || !from.hasQuestion) return other.slice();
      return replaced(input, 12, to.questionEnd - 16, other.subarray(12, from.questionEnd - 4));
    },
    check(input, variant) {
      const seed = variant % WORLDS;
      const check = (checks[seed] ??= createAnswerCheck(worlds[seed]!));
      return check(input, SENDERS[Math.floor(variant / WORLDS)]!);
    },
  };
}
