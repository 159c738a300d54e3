/** The messages that wait for a webhook, the oldest first, bounded in number and size. Pure. */
import { packMessage, type Message } from "./message.ts";

/** Messages, and characters of all together. */
const MOST_QUEUED = 1000;
const MOST_CHARACTERS = 4 * 2 ** 20;

export interface Queue {
  /** Puts them last. Returns those that gave way: the oldest, but for one that is being sent. */
  add(messages: readonly Message[]): readonly Message[];
  /** Puts them before all others, in their order. */
  addOlder(messages: readonly Message[]): void;
  first(): Message | undefined;
  remove(id: string): void;
  /** Takes all out. */
  clear(): readonly Message[];
  all(): readonly Message[];
  count(): number;
  /** The first stays where it is until it is removed. */
  setSending(isSending: boolean): void;
}

export function createQueue(limits = { messages: MOST_QUEUED, characters: MOST_CHARACTERS }): Queue {
  let entries: { readonly message: Message; readonly size: number }[] = [];
  let characters = 0;
  let sending = false;

  const entryOf = (message: Message) => ({ message, size: packMessage(message).length });
  const isOver = (): boolean => entries.length > limits.messages || characters > limits.characters;

  return {
    add(messages) {
      for (const entry of messages.map(entryOf)) {
        entries.push(entry);
        characters += entry.size;
      }
      const dropped: Message[] = [];
      const from = Number(sending);
      while (isOver() && entries.length > from + 1) {
        const [oldest] = entries.splice(from, 1);
        characters -= oldest!.size;
        dropped.push(oldest!.message);
      }
      return dropped;
    },
    addOlder(messages) {
      const older = messages.map(entryOf);
      entries = [...older, ...entries];
      characters += older.reduce((sum, { size }) => sum + size, 0);
    },
    first: () => entries[0]?.message,
    remove(id) {
      const index = entries.findIndex(({ message }) => message.id === id);
      if (index === -1) return;
      characters -= entries[index]!.size;
      entries.splice(index, 1);
    },
    clear() {
      const all = entries.map(({ message }) => message);
      entries = [];
      characters = 0;
      return all;
    },
    all: () => entries.map(({ message }) => message),
    count: () => entries.length,
    setSending: (isSending) => void (sending = isSending),
  };
}
