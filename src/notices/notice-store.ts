/** What webhooks have kept of them: messages that wait, and what was told. The state file has it, or nobody. */
import type { NoticeChange, NoticeRows } from "../state/store/records.ts";
import { type Message, packMessage, unpackMessage } from "./message.ts";
import { keyOf, type Told, type ToldStates } from "./told.ts";

export interface NoticeStore {
  /** Resolves once it is durable, or known not to be: false. */
  changeNotices(change: NoticeChange): Promise<boolean>;
}

/** What is kept of one webhook. */
export interface KeptWebhook {
  readonly messages: readonly Message[];
  /** Undefined: it was never told anything, not even that all is well. */
  readonly told: ToldStates | undefined;
}

/** The subject of the row that says that a webhook has been told how things are. */
const BEGUN = "";

/** By the names of webhooks. What cannot be read is left out. */
export function readWebhooks({ messages, told }: NoticeRows): ReadonlyMap<string, KeptWebhook> {
  const names = new Set([...messages, ...told].map(({ notice }) => notice));
  return new Map(
    [...names].map((name) => {
      const own = told.filter(({ notice }) => notice === name);
      const states = own.flatMap(({ text }) => unpackTold(text));
      return [
        name,
        {
          messages: messages.filter(({ notice }) => notice === name).flatMap(({ text }) => unpackMessage(text) ?? []),
          told: own.length === 0 ? undefined : new Map(states.map((state) => [keyOf(state), state])),
        },
      ];
    }),
  );
}

/** What makes the rows of what was told `next` where they are `before`. */
export function toldRows(notice: string, before: ToldStates | undefined, next: ToldStates): NoticeChange["told"] {
  const begun = before === undefined ? [{ notice, subject: BEGUN, text: "" }] : [];
  const changed = [...next].filter(([key, told]) => before?.get(key) !== told);
  const gone = [...(before ?? new Map<string, Told>()).keys()].filter((key) => !next.has(key));
  return [
    ...begun,
    ...changed.map(([subject, told]) => ({ notice, subject, text: JSON.stringify(told) })),
    ...gone.map((subject) => ({ notice, subject, text: undefined })),
  ];
}

export function messageRows(notice: string, messages: readonly Message[]): NoticeChange["add"] {
  return messages.map((message) => ({ id: message.id, notice, text: packMessage(message) }));
}

function unpackTold(text: string): readonly Told[] {
  try {
    const value = JSON.parse(text) as Partial<Told> | null;
    return typeof value?.kind === "string" && typeof value.state === "string" ? [value as Told] : [];
  } catch {
    return [];
  }
}
