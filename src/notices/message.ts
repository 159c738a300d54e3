/** A message: changes that are told together. It is kept as it is here, and takes its form when it is sent. */
import type { Change } from "./told.ts";

export interface Message {
  /** `msg_…`, the same at each attempt. */
  readonly id: string;
  /** When it was made, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly changes: readonly Change[];
  /** Changes that there was no room for. */
  readonly more: number;
  readonly isTest: boolean;
}

export interface MessageRules {
  /** Changes that one message has at most. */
  readonly most: number;
  /** Whether there are as many messages as it takes; false: one, which says how many it left out. */
  readonly splits: boolean;
}

/** At least one change. */
export function messagesOf(
  changes: readonly Change[],
  { most, splits }: MessageRules,
  newMessage: () => Pick<Message, "id" | "at">,
): readonly Message[] {
  const told = splits ? changes : changes.slice(0, most);
  const parts = Array.from({ length: Math.ceil(told.length / most) }, (_, i) => told.slice(i * most, (i + 1) * most));
  const more = changes.length - told.length;
  return parts.map((part) => ({ ...newMessage(), changes: part, more, isTest: false }));
}

/** The text that it is kept as. */
export function packMessage(message: Message): string {
  return JSON.stringify(message);
}

/** Undefined: it was not made by `packMessage`. */
export function unpackMessage(text: string): Message | undefined {
  try {
    const value = JSON.parse(text) as Partial<Message> | null;
    const isWhole = typeof value?.id === "string" && typeof value.at === "number" && Array.isArray(value.changes);
    return isWhole ? (value as Message) : undefined;
  } catch {
    return undefined;
  }
}
