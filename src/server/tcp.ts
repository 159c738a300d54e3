/** DNS over TCP (RFC 7766): pipelined queries on a connection that lives until it idles. */
import { createServer, type Socket } from "node:net";
import { err, ok } from "../shared/result.ts";
import { TCP_SIZE } from "../wire/encode-response.ts";
import { createFrameReader } from "./tcp-frames.ts";
import { textPeer } from "./text-peer.ts";
import { bindError, type CurrentAnswerer, type ListenAddress, type Transport } from "./transport.ts";

/** Milliseconds; RFC 7766 section 6.2.3 wants "on the order of a few seconds". */
const IDLE = 10_000;
/** Connections at once; one more is closed at once. Each holds about 300 KiB at most, and next to nothing as a rule. */
const MOST_CONNECTIONS = 1000;
/** Milliseconds that a stopping server waits for answers to leave. */
const STOP_LIMIT = 1000;

export interface TcpOptions extends ListenAddress {
  /** Milliseconds without an octet either way after which a connection is closed. */
  readonly idle?: number;
}

export function createTcp(
  { host, port, idle = IDLE }: TcpOptions,
  { answerer }: { readonly answerer: CurrentAnswerer },
): Transport {
  const out = new Uint8Array(TCP_SIZE);
  const open = new Set<Socket>();
  const peer = textPeer();

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    const frames = createFrameReader();
    open.add(socket);
    socket.setTimeout(idle, () => socket.destroy());
    /** To the next messages, about as much as the socket buffers; each behind its length. */
    const nextAnswers = (): readonly Uint8Array[] => {
      const answers: Uint8Array[] = [];
      let octets = 0;
      while (octets < socket.writableHighWaterMark) {
        const message = frames.next();
        if (message === undefined) break;
        peer.address = socket.remoteAddress ?? "";
        const size = answerer()(message, message.length, peer, out, "tcp");
        if (size === 0) continue;
        answers.push(Uint8Array.of(size >> 8, size & 0xff), out.slice(0, size));
        octets += size;
      }
      return answers;
    };
    const answerFrames = (): void => {
      for (let answers = nextAnswers(); answers.length > 0; answers = nextAnswers()) {
        // RFC 7766 section 8: length and message in one segment.
        if (socket.write(Buffer.concat(answers))) continue;
        // Who does not read gets no more answers and is not read from either.
        socket.pause();
        socket.once("drain", answerFrames);
        return;
      }
      socket.resume();
    };
    socket.on("data", (chunk: Buffer) => {
      frames.push(chunk);
      answerFrames();
    });
    socket.on("end", () => socket.end());
    // A peer that resets is gone; "close" follows.
    socket.on("error", () => {});
    socket.on("close", () => open.delete(socket));
  });
  server.maxConnections = MOST_CONNECTIONS;

  return {
    start: () =>
      new Promise((resolve) => {
        // Stays: one that comes later, such as a failed accept, concerns one connection alone.
        server.on("error", (cause: NodeJS.ErrnoException) => {
          resolve(err(bindError(cause, { host, port }, "TCP")));
        });
        server.listen({ host, port, ipv6Only: true, backlog: 511 }, () => {
          const bound = server.address();
          resolve(ok({ host, port: typeof bound === "object" && bound !== null ? bound.port : port }));
        });
      }),
    stop: () =>
      new Promise((resolve) => {
        const limit = setTimeout(() => {
          for (const socket of open) socket.destroy();
        }, STOP_LIMIT);
        server.close(() => {
          clearTimeout(limit);
          resolve();
        });
        // What has been received is read in the turn of the loop between the two; then each side says goodbye.
        setImmediate(() => {
          setImmediate(() => {
            for (const socket of open) socket.end();
          });
        });
      }),
  };
}
