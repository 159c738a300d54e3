/** "Did you mean …": the word that a typing error most likely stands for. */

/** A list longer than this is not searched: with thousands of wrong names the search would be quadratic. */
const MAX_WORDS = 500;

/** Of more different texts none is meant: so many diagnostics are not told, and the search would be quadratic. */
const MAX_TEXTS = 200;

/** `nearestWord` among the same words, for whoever asks often. */
export function nearestOf(words: readonly string[]): (text: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (text) => {
    if (!known.has(text) && known.size < MAX_TEXTS) known.set(text, nearestWord(text, words));
    return known.get(text);
  };
}

/** The word with the fewest edits, at most a third of its letters; undefined when none is that near. */
export function nearestWord(text: string, words: readonly string[]): string | undefined {
  if (words.length > MAX_WORDS || text.length > 64) return undefined;
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const word of words) {
    const limit = Math.max(1, Math.floor(word.length / 3));
    if (Math.abs(word.length - text.length) > limit) continue;
    const edits = editDistance(text.toLowerCase(), word.toLowerCase());
    if (edits < fewest && edits <= limit) {
      best = word;
      fewest = edits;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j]! + 1, row[j - 1]! + 1);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
