/** A priority queue of due times as a binary heap: push and pop in O(log n), the earliest first. */

export interface DueQueue<T> {
  push(due: number, item: T): void;
  /** When the earliest item is due; undefined in an empty queue. */
  nextDue(): number | undefined;
  /** Takes the earliest item off if it is due at `now`. */
  popDue(now: number): { readonly due: number; readonly item: T } | undefined;
  clear(): void;
}

export function createDueQueue<T>(): DueQueue<T> {
  /** Every entry is due no later than its children, which are at 2i + 1 and 2i + 2. */
  const heap: { readonly due: number; readonly item: T }[] = [];
  return {
    push(due, item) {
      let at = heap.length;
      while (at > 0) {
        const parent = (at - 1) >> 1;
        if (heap[parent]!.due <= due) break;
        heap[at] = heap[parent]!;
        at = parent;
      }
      heap[at] = { due, item };
    },
    nextDue: () => heap[0]?.due,
    popDue(now) {
      const earliest = heap[0];
      if (earliest === undefined || earliest.due > now) return undefined;
      const moved = heap.pop()!;
      let at = 0;
      while (heap.length > 0) {
        let child = 2 * at + 1;
        if (child + 1 < heap.length && heap[child + 1]!.due < heap[child]!.due) child++;
        if (child >= heap.length || heap[child]!.due >= moved.due) {
          heap[at] = moved;
          break;
        }
        heap[at] = heap[child]!;
        at = child;
      }
      return earliest;
    },
    clear() {
      heap.length = 0;
    },
  };
}
