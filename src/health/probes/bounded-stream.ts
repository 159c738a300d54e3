/**
 * A connection of which so many octets are read at most, for a library that reads on for as long as something comes, such
 * as `node:http2`: settings, pings and headers without end are then an end.
 */
import type { Socket } from "node:net";
import { Duplex } from "node:stream";

export class TooLongError extends Error {}

/** It is destroyed with a `TooLongError` once more has come. To destroy it leaves the socket open. */
export function boundedStream(socket: Socket, octets: number): Duplex {
  let left = octets;
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Uint8Array, _encoding, callback) => void socket.write(chunk, callback),
    final: (callback) => callback(),
    destroy(error, callback) {
      socket.off("data", onData).pause();
      callback(error);
    },
  });
  function onData(chunk: Buffer): void {
    left -= chunk.length;
    if (left < 0) stream.destroy(new TooLongError());
    else if (!stream.push(chunk)) socket.pause();
  }
  socket.on("data", onData);
  socket.once("end", () => stream.push(null));
  socket.once("error", (error) => stream.destroy(error));
  socket.once("close", () => stream.destroy());
  return stream;
}
