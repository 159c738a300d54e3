/**
 * The events of the desk for clients that follow them: Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html).
 * An event is written once and shared by all. Who reads too slowly is closed, and comes again with the id of the last
 * event that it has: the latest ones are kept for that.
 */
import type { ServerResponse } from "node:http";
import type { Control, ControlEvent } from "../../control/control.ts";

export interface EventStreams {
  /** Whether one more client may follow. */
  hasRoom(): boolean;
  /** Writes the head and all events from now on; with `lastId`, what has come after that one first. */
  open(response: ServerResponse, lastId: string | undefined): void;
  /** Ends all streams. */
  close(): void;
}

/** Clients at once. */
const MOST_STREAMS = 64;

/** Octets that wait for one client; beyond, it is closed. */
const MOST_WAITING = 4 * 2 ** 20;

/** Events and octets that are kept for clients that come again. */
const MOST_KEPT = 1000;
const MOST_KEPT_OCTETS = 4 * 2 ** 20;

/** Milliseconds between two signs of life; proxies close connections that are silent for a minute. */
const HEARTBEAT = 15_000;

/** Milliseconds after which a client that was cut off comes again. */
const RETRY = 3000;

/** Names that a load has changed, and problems, that an event tells; `/generations` and the log have all. */
const MOST_NAMES = 1000;
const MOST_PROBLEMS = 20;

interface Stream {
  readonly response: ServerResponse;
  /** Whether it has taken all that was written before the last sign of life. */
  keepsUp: boolean;
}

interface Kept {
  readonly number: number;
  readonly octets: Buffer;
}

export interface EventStreamsOptions {
  /** What tells the events of this run from those of another. */
  readonly run: string;
}

export function createEventStreams(control: Pick<Control, "subscribe">, { run }: EventStreamsOptions): EventStreams {
  const streams = new Set<Stream>();
  let kept: Kept[] = [];
  let keptOctets = 0;
  let last = 0;

  const write = (stream: Stream, octets: Buffer): void => {
    if (stream.response.writableLength + octets.length > MOST_WAITING) stream.response.destroy();
    else stream.response.write(octets);
  };

  const unsubscribe = control.subscribe((event) => {
    const number = ++last;
    const { kind, ...told } = brief(event);
    const octets = Buffer.from(`id: ${run}-${number}\nevent: ${kind}\ndata: ${JSON.stringify({ kind, ...told })}\n\n`);
    kept.push({ number, octets });
    keptOctets += octets.length;
    if (kept.length > 2 * MOST_KEPT || keptOctets > MOST_KEPT_OCTETS) {
      kept = kept.slice(-MOST_KEPT);
      keptOctets = sizeOf(kept);
      if (keptOctets > MOST_KEPT_OCTETS) [kept, keptOctets] = [[], 0];
    }
    for (const stream of streams) write(stream, octets);
  });

  const heartbeat = setInterval(() => {
    const sign = Buffer.from(":\n\n");
    for (const stream of streams) {
      const isBehind = stream.response.writableNeedDrain;
      if (isBehind && !stream.keepsUp) stream.response.destroy();
      else {
        stream.keepsUp = !isBehind;
        write(stream, sign);
      }
    }
  }, HEARTBEAT).unref();

  /** What came after the event with this id; undefined where that is not known any more. */
  const since = (lastId: string): readonly Kept[] | undefined => {
    const [, number] = new RegExp(`^${run}-(\\d{1,15})$`).exec(lastId) ?? [];
    if (number === undefined || Number(number) > last) return undefined;
    const first = kept[0]?.number ?? last + 1;
    return Number(number) + 1 < first ? undefined : kept.filter((event) => event.number > Number(number));
  };

  return {
    hasRoom: () => streams.size < MOST_STREAMS,
    open(response, lastId) {
      const stream = { response, keepsUp: true };
      streams.add(stream);
      response.once("close", () => streams.delete(stream));
      response.on("error", () => {});
      response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
      write(stream, Buffer.from(`retry: ${RETRY}\n\n`));
      if (lastId === undefined) return;
      const missed = since(lastId);
      if (missed === undefined) write(stream, Buffer.from(`id: ${run}-${last}\nevent: missed\ndata: {}\n\n`));
      else for (const { octets } of missed) write(stream, octets);
    },
    close() {
      unsubscribe();
      clearInterval(heartbeat);
      for (const { response } of streams) response.end();
    },
  };
}

function sizeOf(events: readonly Kept[]): number {
  return events.reduce((sum, { octets }) => sum + octets.length, 0);
}

/** An event of a size that all clients can be sent at once. */
function brief(event: ControlEvent): ControlEvent {
  if (event.kind === "reload-refused") return { ...event, problems: event.problems.slice(0, MOST_PROBLEMS) };
  if (event.kind !== "generation" || event.changes === undefined) return event;
  const lists = Object.values(event.changes).flatMap(({ added, removed, changed }) => [added, removed, changed]);
  const names = lists.reduce((sum, list) => sum + list.length, 0);
  return names > MOST_NAMES ? { ...event, changes: undefined } : event;
}
