/**
 * One webhook: gathers changes, keeps the messages that tell of them, and sends them in order, one at a time, until each is
 * taken or a day old. A message is kept before it is sent and forgotten once it is taken, so that it comes at least once.
 */
import type { NoticeStatus, NoticeTest } from "../control/control.ts";
import type { SubjectState } from "../control/subject-states.ts";
import type { NoticeSettings } from "../shared/notice-settings.ts";
import type { Clock, Logger, Random } from "../shared/ports.ts";
import { formats } from "./formats/table.ts";
import { type Message, messagesOf } from "./message.ts";
import { type KeptWebhook, messageRows, type NoticeStore, toldRows } from "./notice-store.ts";
import { createPoster, type Posted } from "./post.ts";
import { createQueue } from "./queue.ts";
import { delayAfter, LIFETIME, parseRetryAfter } from "./retry.ts";
import { webhookHeaders } from "./sign.ts";
import { compareWith, type ToldStates, withChanges, withoutChanges } from "./told.ts";
import { wantedBy } from "./wanted.ts";

export interface WebhookDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly store: NoticeStore;
  /** How all is now, in turns; undefined = that is not known yet. */
  readonly states: () => Iterable<readonly SubjectState[]> | undefined;
  /** Which geosteer tells it. */
  readonly server: () => string;
  /** Text without a full stop that no other message has. */
  readonly newId: () => string;
}

export interface Webhook {
  readonly settings: NoticeSettings;
  /** Something may have changed. */
  poke(): void;
  status(): NoticeStatus;
  counts(): NoticeCounts;
  test(): Promise<NoticeTest | "busy">;
  /** What is to be kept of it: what waits, and what was told. */
  kept(): KeptWebhook;
  /** Messages that were kept and are not known here come before all others. */
  addOlder(messages: readonly Message[]): void;
  stop(): void;
}

/** Since the start. */
export interface NoticeCounts {
  readonly delivered: number;
  /** Attempts. */
  readonly failed: number;
  /** Messages that were given up. */
  readonly dropped: number;
}

/** Milliseconds until it is asked again how all is. */
const NOT_KNOWN_YET = 100;
/** Milliseconds between two lines about messages that were given up. */
const DROPPED_INTERVAL = 10_000;

export function createWebhook(
  settings: NoticeSettings,
  { messages, told: before }: KeptWebhook,
  deps: WebhookDeps,
  earlier: NoticeCounts = { delivered: 0, failed: 0, dropped: 0 },
): Webhook {
  const { name, gather } = settings;
  const { clock, random, logger, store, states, server, newId } = deps;
  const format = formats[settings.format];
  const poster = createPoster({ ...settings, url: format.url(settings.url) });
  const isWanted = wantedBy(settings);
  const queue = createQueue();
  queue.addOlder(messages);
  const counts = { ...earlier };
  let told = before;
  let stopped = false;
  /** It answered 410: it wants no more. */
  let gone = false;
  let failures = 0;
  let failingSince: number | undefined;
  let lastDelivered: number | undefined;
  let lastError: string | undefined;
  let nextTry = 0;
  let nextDroppedLine = 0;
  let gathering: NodeJS.Timeout | undefined;
  let retrying: NodeJS.Timeout | undefined;
  /** Flushes one after the other, and so for attempts. */
  let flushing: Promise<unknown> = Promise.resolve();
  let sending: Promise<unknown> = Promise.resolve();
  let pumping = false;
  let testing = false;

  const fields = { notice: name };

  function flushAfter(delay: number): void {
    if (stopped || gone) return;
    gathering ??= setTimeout(() => {
      gathering = undefined;
      flushing = flushing.then(flush).catch(fault);
    }, delay).unref();
  }

  async function flush(): Promise<void> {
    const all = states();
    if (stopped || gone) return;
    if (all === undefined) return flushAfter(NOT_KNOWN_YET);
    const isFirst = told === undefined;
    const comparison = compareWith(told ?? new Map(), isWanted);
    for (const some of all) {
      comparison.see(some);
      await new Promise(setImmediate);
      if (stopped) return;
    }
    const now = clock();
    const { changes, forget } = comparison.end(now);
    if (changes.length + forget.length === 0 && !isFirst) return;
    const after = (before: ToldStates = new Map()): ToldStates => {
      const next = new Map(withChanges(before, changes));
      for (const key of forget) next.delete(key);
      return next;
    };
    // What is so before anything was told is what there is to be told of from then on.
    const added = isFirst ? [] : messagesOf(changes, format, () => ({ id: newId(), at: now }));
    await keep({ told: toldRows(name, told, after(told)), add: messageRows(name, added) });
    if (stopped) return;
    // Something may have been given up meanwhile.
    told = after(told);
    giveUp(queue.add(added), "the queue of a notice is full: its oldest messages are given up");
    pump();
  }

  function keep(change: Partial<Parameters<NoticeStore["changeNotices"]>[0]>): Promise<boolean> {
    return store.changeNotices({ add: [], remove: [], told: [], ...change });
  }

  /** What they tell is told anew with what comes next, as far as it still is so. */
  function giveUp(dropped: readonly Message[], why: string): void {
    if (dropped.length === 0) return;
    counts.dropped += dropped.length;
    const now = performance.now();
    if (now >= nextDroppedLine) {
      nextDroppedLine = now + DROPPED_INTERVAL;
      logger.warn({ ...fields, messages: dropped.length, dropped: counts.dropped }, why);
    }
    const was = told ?? new Map();
    told = dropped.toReversed().reduce<ToldStates>((left, { changes }) => withoutChanges(left, changes), was);
    void keep({ remove: dropped.map(({ id }) => id), told: toldRows(name, was, told) });
  }

  function pump(): void {
    if (pumping || stopped || gone) return;
    pumping = true;
    clearTimeout(retrying);
    void sendAll().catch(fault);
  }

  async function sendAll(): Promise<void> {
    try {
      await sendInOrder();
    } finally {
      pumping = false;
    }
  }

  async function sendInOrder(): Promise<void> {
    for (;;) {
      const message = queue.first();
      const now = clock();
      if (message === undefined || stopped || gone) return;
      if (now - message.at > LIFETIME) {
        queue.remove(message.id);
        giveUp([message], "a message was not taken within a day and is given up");
        flushAfter(gather);
        continue;
      }
      if (now < nextTry) {
        retrying = setTimeout(pump, nextTry - now).unref();
        return;
      }
      queue.setSending(true);
      const posted = await send(message);
      queue.setSending(false);
      if (stopped) return;
      if (posted.reason === undefined) {
        queue.remove(message.id);
        counts.delivered++;
        void keep({ remove: [message.id] });
      }
      judge(posted);
    }
  }

  /** One attempt at a time. */
  function send(message: Message): Promise<Posted> {
    const attempt = sending.then(() => {
      const now = clock();
      const body = format.render(message, { server: server(), now });
      return poster.post(body, {
        ...settings.headers,
        "content-type": "application/json",
        "user-agent": "geosteer",
        ...webhookHeaders({ id: message.id, at: now, body }, settings.secrets),
      });
    });
    sending = attempt.catch(() => {});
    return attempt;
  }

  function judge({ status, reason, retryAfter }: Posted): void {
    const now = clock();
    if (reason === undefined) {
      const isBack = failingSince !== undefined || gone;
      if (isBack) logger.info({ ...fields, queued: queue.count() }, "a notice is delivered again");
      [failures, failingSince, lastError, nextTry, gone] = [0, undefined, undefined, 0, false];
      lastDelivered = now;
      // What was given up meanwhile is told now.
      if (isBack) flushAfter(gather);
      return;
    }
    counts.failed++;
    failures++;
    lastError = reason;
    if (failingSince === undefined) logger.warn({ ...fields, reason }, "a notice is not delivered: it is tried again");
    failingSince ??= now;
    nextTry = now + delayAfter(failures, parseRetryAfter(retryAfter, now), random);
    if (status !== GONE || gone) return;
    gone = true;
    clearTimeout(gathering);
    gathering = undefined;
    logger.error(fields, "the receiver of a notice wants no more (410 Gone): nothing is sent until it is set up anew");
    giveUp(queue.clear(), "a notice is given up with all its messages");
  }

  function fault(cause: unknown): void {
    logger.error({ ...fields, stack: (cause as Error).stack }, "a fault of geosteer: a notice may not be sent");
  }

  /** All that is in trouble, told again as it was told. */
  async function repeat(): Promise<void> {
    if (stopped || gone || pumping || queue.count() > 0 || told === undefined || told.size === 0) return;
    const again = [...told.values()].map((one) => ({ ...one, from: one.state }));
    for (const message of messagesOf(again, format, () => ({ id: newId(), at: clock() }))) {
      const posted = await send(message);
      if (stopped) return;
      judge(posted);
      if (posted.reason !== undefined) return;
    }
  }

  const repeating =
    format.repeat === undefined ? undefined : setInterval(() => void repeat().catch(fault), format.repeat).unref();
  pump();
  if (told === undefined) flushAfter(0);

  return {
    settings,
    poke: () => flushAfter(gather),
    counts: () => counts,
    kept: () => ({ messages: queue.all(), told }),
    addOlder(older) {
      const known = new Set(queue.all().map(({ id }) => id));
      queue.addOlder(older.filter(({ id }) => !known.has(id)));
      pump();
    },
    status: () => ({
      notice: name,
      format: settings.format,
      to: new URL(settings.url).origin,
      on: settings.on,
      queued: queue.count(),
      ...counts,
      lastDelivered: instant(lastDelivered),
      failingSince: instant(failingSince),
      lastError,
      nextTry: failingSince === undefined || gone || queue.count() === 0 ? undefined : instant(nextTry),
      gone,
    }),
    async test() {
      if (testing) return "busy";
      testing = true;
      const from = performance.now();
      try {
        const posted = await send({ id: newId(), at: clock(), changes: [], more: 0, isTest: true });
        const { status, reason } = posted;
        if (reason === undefined && !stopped) {
          judge(posted);
          pump();
        }
        return { notice: name, ok: reason === undefined, status, reason, milliseconds: performance.now() - from };
      } finally {
        testing = false;
      }
    },
    stop() {
      stopped = true;
      clearTimeout(gathering);
      clearTimeout(retrying);
      clearInterval(repeating);
      poster.stop();
    },
  };
}

/** RFC 9110 section 15.5.11; Standard Webhooks: no more is to be sent. */
const GONE = 410;

function instant(at: number | undefined): string | undefined {
  return at === undefined ? undefined : new Date(at).toISOString();
}
