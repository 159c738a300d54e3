/**
 * Proves the structure layouts on the running system before anything depends on them: datagrams of known lengths go
 * through the very slots that serve, on loopback, and every field must come back as it was sent.
 */
import { err, ok, type Result } from "../../../shared/result.ts";
import { loadLibc, type Libc } from "../../../system/libc.ts";
import { createMessageSlots } from "./message-slots.ts";
import { openBatchSocket } from "./socket.ts";

/** Octets of the datagrams, all different so that swapped fields show. */
const SIZES = [12, 517, 1232];
const LOOPBACK = 0x7f000001;

interface System {
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  /** Loads libc; throws where it cannot. */
  readonly load: () => Libc;
}

const THIS_SYSTEM: System = { platform: process.platform, arch: process.arch, load: loadLibc };

/** Libc where batched UDP works here, else why not, in words. */
export function loadTestedLibc({ platform, arch, load }: System = THIS_SYSTEM): Result<Libc, string> {
  if (platform !== "linux") return err(`not available on ${platform}`);
  if (arch !== "x64" && arch !== "arm64") return err(`not available on ${arch}`);
  let libc: Libc;
  try {
    libc = load();
  } catch (cause) {
    return err(`koffi does not load: ${(cause as Error).message.split("\n", 1)[0]}`);
  }
  const failure = roundTrip(libc, "127.0.0.1") ?? roundTrip(libc, "0.0.0.0");
  return failure === undefined ? ok(libc) : err(`self-test failed: ${failure}`);
}

/** Sends answers from one socket to itself and reads them; what went wrong, or undefined. */
function roundTrip(libc: Libc, host: string): string | undefined {
  // Shared: SO_REUSEPORT may be refused.
  const opened = openBatchSocket(libc, { host, port: 0 }, { shared: true });
  if (!opened.ok) return opened.error.message;
  const { fd, address } = opened.value;
  try {
    return send(libc, fd, address.port) ?? receive(libc, fd, address.port, host === "0.0.0.0");
  } finally {
    libc.close(fd);
  }
}

function send(libc: Libc, fd: number, port: number): string | undefined {
  const slots = createMessageSlots(libc, { withControl: false });
  for (const [slot, size] of SIZES.entries()) {
    slots.answers[slot]!.fill(slot + 1, 0, size);
    slots.address(slot, LOOPBACK, port);
    slots.reply(slot, slot, size);
  }
  const sent = libc.sendmmsg(fd, slots.toSend(0), SIZES.length, 0);
  return sent === SIZES.length ? undefined : `sendmmsg gave ${sent} (${libc.errnoName(libc.errno())})`;
}

function receive(libc: Libc, fd: number, port: number, withControl: boolean): string | undefined {
  const slots = createMessageSlots(libc, { withControl });
  slots.reset(SIZES.length);
  // No MSG_WAITFORONE: on a busy machine the datagrams may come one by one.
  const received = libc.recvmmsg(fd, slots.received, SIZES.length, 0, null);
  if (received !== SIZES.length) return `recvmmsg gave ${received} (${libc.errnoName(libc.errno())})`;
  const words = new Uint32Array(4);
  for (const [slot, size] of SIZES.entries()) {
    const packet = slots.packets[slot]!;
    const whole = slots.packetLength(slot) === size && packet.subarray(0, size).every((octet) => octet === slot + 1);
    if (!whole) return `datagram ${slot} of ${size} octets came as ${slots.packetLength(slot)}`;
    if (slots.peerPort(slot) !== port) return `peer port ${slots.peerPort(slot)}, not ${port}`;
    if (slots.peerAddress(slot, words) !== 4 || words[0] !== LOOPBACK) return `peer address ${words[0]}`;
    if (withControl && slots.localAddress(slot) !== LOOPBACK) return `local address ${slots.localAddress(slot)}`;
  }
  return undefined;
}
