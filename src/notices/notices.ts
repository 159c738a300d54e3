/** All webhooks of the configuration, as it changes: what is kept of one stays with its name. */
import { isDeepStrictEqual } from "node:util";
import type { NoticeStatus, NoticeTest } from "../control/control.ts";
import type { NoticeSettings } from "../shared/notice-settings.ts";
import type { NoticeRows } from "../state/store/records.ts";
import { type KeptWebhook, messageRows, readWebhooks, toldRows } from "./notice-store.ts";
import { createWebhook, type NoticeCounts, type Webhook, type WebhookDeps } from "./webhook.ts";

export interface Notices {
  /** What was kept before the start, before anything is followed; or of a file that has come into use since. */
  restore(rows: NoticeRows): void;
  /** Has these webhooks in place of those before. What is kept of others is forgotten. */
  follow(settings: readonly NoticeSettings[]): void;
  /** Something may have changed. */
  poke(): void;
  list(): readonly NoticeStatus[];
  /** Sends a test message now; undefined = there is no such notice. */
  test(name: string): Promise<NoticeTest | "busy"> | undefined;
  readings(): readonly (NoticeCounts & { readonly notice: string; readonly queued: number })[];
  /** Keeps all anew: the file is another one. */
  keepAll(): void;
  stop(): void;
}

const NOTHING: KeptWebhook = { messages: [], told: undefined };

export function createNotices(deps: WebhookDeps): Notices {
  const { store } = deps;
  let restored: ReadonlyMap<string, KeptWebhook> = new Map();
  let webhooks = new Map<string, Webhook>();

  const followed = (settings: NoticeSettings): Webhook => {
    const { name } = settings;
    const old = webhooks.get(name);
    if (old === undefined) return createWebhook(settings, restored.get(name) ?? NOTHING, deps);
    if (isDeepStrictEqual(old.settings, settings)) return old;
    old.stop();
    return createWebhook(settings, old.kept(), deps, old.counts());
  };

  return {
    restore(rows) {
      restored = readWebhooks(rows);
      for (const [name, { messages }] of restored) webhooks.get(name)?.addOlder(messages);
    },
    follow(all) {
      const next = new Map(all.map((settings) => [settings.name, followed(settings)]));
      for (const [name, webhook] of webhooks) if (!next.has(name)) webhook.stop();
      webhooks = next;
      restored = new Map();
      void store.changeNotices({ add: [], remove: [], told: [], only: [...next.keys()] });
      for (const webhook of webhooks.values()) webhook.poke();
    },
    poke() {
      for (const webhook of webhooks.values()) webhook.poke();
    },
    list: () => [...webhooks.values()].map((webhook) => webhook.status()),
    test: (name) => webhooks.get(name)?.test(),
    readings: () =>
      [...webhooks].map(([notice, webhook]) => ({ notice, queued: webhook.status().queued, ...webhook.counts() })),
    keepAll() {
      for (const [name, webhook] of webhooks) {
        const { messages, told } = webhook.kept();
        const rows = told === undefined ? [] : toldRows(name, undefined, told);
        void store.changeNotices({ reset: [name], add: messageRows(name, messages), remove: [], told: rows });
      }
    },
    stop() {
      for (const webhook of webhooks.values()) webhook.stop();
    },
  };
}
