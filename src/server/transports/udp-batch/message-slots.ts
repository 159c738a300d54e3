/**
 * The memory of one batch: `struct mmsghdr` arrays for recvmmsg and sendmmsg with their io vectors, peer addresses,
 * control data and packets, built once. 64-bit Linux, little-endian: recvmmsg(2), recvmsg(2), cmsg(3), linux/socket.h.
 */
import { wordAt } from "../../../shared/address-words.ts";
import { MOST_UDP } from "../../../wire/encode-opt.ts";
import { memory, type Libc } from "../../../system/libc.ts";

/** Datagrams of one batch: enough to make the cost of a system call vanish, few enough to stay in the cache. */
export const BATCH = 64;
/** Octets of a query; a longer one is cut, and then malformed. */
const PACKET = 2048;
/** Octets of the longest answer over UDP, rounded up to cache lines of 64. */
const ANSWER = Math.ceil(MOST_UDP / 64) * 64;

// struct mmsghdr: name*, namelen, iov*, iovlen, control*, controllen, flags, then the length of the message.
const HEADER = 64;
const NAME = 0;
const NAME_LENGTH = 8;
const IOV = 16;
const IOV_LENGTH = 24;
const CONTROL = 32;
const CONTROL_LENGTH = 40;
const MESSAGE_LENGTH = 56;
// struct iovec: base*, length.
const IOVEC = 16;
const AF_INET = 2;
/** Octets of a slot's peer: sockaddr_in6 has 28. */
const NAME_SIZE = 32;
const NAME_CAPACITY = 28;
/** Octets of control data: one cmsghdr (16) with in6_pktinfo (20), aligned to 8. */
const CONTROL_SIZE = 40;
/** Octets of a cmsghdr. */
const CMSG = 16;

export interface MessageSlots {
  /** The headers for recvmmsg. */
  readonly received: Uint8Array;
  /** The headers for sendmmsg, from the one at `first` on. */
  readonly toSend: (first: number) => Uint8Array;
  /** The memory that the headers point to, held here since the garbage collector does not see their addresses. */
  readonly held: readonly Uint8Array[];
  /** The packets of the slots; views that are made once. */
  readonly packets: readonly Uint8Array[];
  /** Room for the slots' answers. */
  readonly answers: readonly Uint8Array[];
  /** Writes into the headers how much room there is, before each recvmmsg: the kernel has written lengths over it. */
  readonly reset: (slots: number) => void;
  readonly packetLength: (slot: number) => number;
  /** The port of the slot's peer. */
  readonly peerPort: (slot: number) => number;
  readonly peerAddress: (slot: number, words: Uint32Array) => 4 | 6;
  /** Makes an IPv4 address the slot's peer, as if a datagram had come from there; for the self-test. */
  readonly address: (slot: number, ipv4: number, port: number) => void;
  /** The IPv4 address that the slot's datagram was sent to, on a wildcard socket; 0 = not told. */
  readonly localAddress: (slot: number) => number;
  /** Puts the slot's answer of `length` octets, to the slot's peer, at `header` of the headers to send. */
  readonly reply: (header: number, slot: number, length: number) => void;
}

export function createMessageSlots(libc: Libc, { withControl }: { readonly withControl: boolean }): MessageSlots {
  const receiveHeaders = memory(BATCH * HEADER);
  const sendHeaders = memory(BATCH * HEADER);
  const receiveVectors = memory(BATCH * IOVEC);
  const sendVectors = memory(BATCH * IOVEC);
  const names = memory(BATCH * NAME_SIZE);
  const controls = memory(BATCH * CONTROL_SIZE);
  const packetMemory = memory(BATCH * PACKET);
  const answerMemory = memory(BATCH * ANSWER);
  const received = new DataView(receiveHeaders.buffer);
  const toSend = new DataView(sendHeaders.buffer);
  const sendLengths = new Uint32Array(sendVectors.buffer);
  const received32 = new Uint32Array(receiveHeaders.buffer);
  const toSend32 = new Uint32Array(sendHeaders.buffer);
  const controls32 = new Uint32Array(controls.buffer);

  const at = (octets: Uint8Array, offset: number): bigint => libc.addressOf(octets) + BigInt(offset);
  const put = (view: DataView, offset: number, address: bigint): void => view.setBigUint64(offset, address, true);
  /** Which slot the addresses of each header to send lead to. */
  const slotAt = new Uint8Array(BATCH);
  const pointTo = (header: number, slot: number): void => {
    put(toSend, header * HEADER + NAME, at(names, slot * NAME_SIZE));
    put(toSend, header * HEADER + IOV, at(sendVectors, slot * IOVEC));
    put(toSend, header * HEADER + CONTROL, withControl ? at(controls, slot * CONTROL_SIZE) : 0n);
    slotAt[header] = slot;
  };

  for (let slot = 0; slot < BATCH; slot++) {
    put(received, slot * HEADER + NAME, at(names, slot * NAME_SIZE));
    put(received, slot * HEADER + IOV, at(receiveVectors, slot * IOVEC));
    received.setUint32(slot * HEADER + IOV_LENGTH, 1, true);
    put(received, slot * HEADER + CONTROL, withControl ? at(controls, slot * CONTROL_SIZE) : 0n);
    toSend.setUint32(slot * HEADER + IOV_LENGTH, 1, true);
    pointTo(slot, slot);
    const receiveVector = new DataView(receiveVectors.buffer, slot * IOVEC);
    put(receiveVector, 0, at(packetMemory, slot * PACKET));
    receiveVector.setUint32(8, PACKET, true);
    put(new DataView(sendVectors.buffer), slot * IOVEC, at(answerMemory, slot * ANSWER));
  }
  const headersFrom = Array.from({ length: BATCH }, (_, header) => sendHeaders.subarray(header * HEADER));

  return {
    received: receiveHeaders,
    toSend: (first) => headersFrom[first]!,
    held: [receiveVectors, sendVectors, names, controls, packetMemory, answerMemory],
    packets: Array.from({ length: BATCH }, (_, slot) => packetMemory.subarray(slot * PACKET, (slot + 1) * PACKET)),
    answers: Array.from({ length: BATCH }, (_, slot) => answerMemory.subarray(slot * ANSWER, (slot + 1) * ANSWER)),
    reset(slots) {
      for (let slot = 0; slot < slots; slot++) {
        received32[(slot * HEADER + NAME_LENGTH) >> 2] = NAME_CAPACITY;
        if (withControl) received32[(slot * HEADER + CONTROL_LENGTH) >> 2] = CONTROL_SIZE;
      }
    },
    packetLength: (slot) => received32[(slot * HEADER + MESSAGE_LENGTH) >> 2]!,
    peerPort: (slot) => (names[slot * NAME_SIZE + 2]! << 8) | names[slot * NAME_SIZE + 3]!,
    peerAddress(slot, words) {
      const name = slot * NAME_SIZE;
      const family = names[name] === AF_INET ? 4 : 6;
      const from = name + (family === 4 ? 4 : 8);
      words[1] = words[2] = words[3] = 0;
      for (let word = 0; word < (family === 4 ? 1 : 4); word++) words[word] = wordAt(names, from + word * 4);
      return family;
    },
    address(slot, ipv4, port) {
      const name = new DataView(names.buffer, slot * NAME_SIZE);
      name.setUint16(0, AF_INET, true);
      name.setUint16(2, port);
      name.setUint32(4, ipv4);
      received32[(slot * HEADER + NAME_LENGTH) >> 2] = 16;
    },
    localAddress(slot) {
      const control = slot * CONTROL_SIZE;
      // in_pktinfo: interface, local address, destination of the header.
      return controls32[control >> 2] === CMSG + 12 ? wordAt(controls, control + CMSG + 8) : 0;
    },
    reply(header, slot, length) {
      if (slotAt[header] !== slot) pointTo(header, slot);
      sendLengths[(slot * IOVEC + 8) >> 2] = length;
      toSend32[(header * HEADER + NAME_LENGTH) >> 2] = received32[(slot * HEADER + NAME_LENGTH) >> 2]!;
      if (!withControl) return;
      // in_pktinfo and in6_pktinfo name the interface too: routing chooses it, unless the address is link-local.
      const control = slot * CONTROL_SIZE;
      if (controls32[control >> 2] === CMSG + 12) controls32[(control + CMSG) >> 2] = 0;
      else if (controls[control + CMSG] !== 0xfe) controls32[(control + CMSG + 16) >> 2] = 0;
      toSend32[(header * HEADER + CONTROL_LENGTH) >> 2] = received32[(slot * HEADER + CONTROL_LENGTH) >> 2]!;
    },
  };
}
