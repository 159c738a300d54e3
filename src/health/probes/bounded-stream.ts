/** A socket for a reader that counts nothing: after so many octets from the other side the stream breaks off. */
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { closeSocket } from "./open-socket.ts";

/** The error that the stream breaks off with. */
export class TooMuchCame extends Error {}

/** The stream's end is the socket's. */
export function boundedStream(socket: Socket, octets: number): Duplex {
  let left = octets;
  const stream = new Duplex({
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      closeSocket(socket);
      done(error);
    },
  });
  socket.on("data", (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) stream.destroy(new TooMuchCame());
    else if (!stream.push(chunk)) socket.pause();
  });
  socket.once("end", () => stream.push(null));
  socket.once("error", (error) => stream.destroy(error));
  socket.once("close", () => stream.destroy());
  return stream;
}
