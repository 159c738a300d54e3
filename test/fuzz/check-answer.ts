/**
 * What must be true of the answer to any packet, whatever is served: RFC 1035, 6891, 7871, 7873, and what the
 * README promises. Judged with `dissect.ts` and the strict reader of the tests, which share no code with the server.
 */
import { textPeer } from "../../src/server/transports/text-peer.ts";
import type { Transport } from "../../src/telemetry/counter-totals.ts";
import { testAnswerer, TRAITS, type TestAnswerer } from "../support/answerer.ts";
import { readMessage, type Message } from "../support/read-message.ts";
import { dissect, type Dissection, type Fault } from "./dissect.ts";
import type { World } from "./worlds.ts";

export interface Sender {
  readonly transport: Transport;
  readonly peer: string;
  /** TCP: units of 100 ms. */
  readonly keepalive?: number;
}

/** Throws on the first thing that is wrong; returns what is characteristic of packet and answer. */
export type CheckAnswer = (packet: Uint8Array, from: Sender) => readonly string[];

const RCODES: Readonly<Record<Fault, readonly number[]>> = {
  "": [0, 2, 3, 5],
  silence: [],
  opcode: [4],
  version: [16],
  questions: [1],
  question: [1],
  record: [1],
  opt: [1],
  option: [1],
};

/** Answers that must not make a server worth being used against others. */
const MALFORMED = [1, 4, 16];
const BADCOOKIE = 23;
/** Those that may still have something to tell. */
const REFUSALS = [2, 5, BADCOOKIE];
/** Octets that a refusal may have more than its query: an extended error, a server cookie, a name. */
const REFUSAL_EXTRA = 100;
const CLASS_CH = 3;
const UDP_SIZE = 1232;
const TCP_SIZE = 65_535;
const TC = 0x02;
const GUARD = 0xa5;
const GUARDED = 32;
/** Longest packet. */
const PACKET = 65_535;

export function createAnswerCheck(world: World): CheckAnswer {
  const first = answererOf(world);
  const raw = createRaw(answererOf(world));
  let previous: Uint8Array = new Uint8Array();

  /** Whether the octets are equal from `from` on; where records change places, whether the messages have the same. */
  const isSame = (answer: Uint8Array, again: Uint8Array, from: number): boolean => {
    if (Buffer.compare(answer.subarray(from), again.subarray(from)) === 0) return true;
    return world.rotates === true && inOneOrder(answer) === inOneOrder(again);
  };

  /** The same again, over TCP and after other packets. */
  const checkAgain = (packet: Uint8Array, found: Dissection, message: Message, from: Sender): void => {
    const limit = limitOf(found, from);
    const answer = raw.ask(packet, from, { limit });
    if (answer.length !== message.size) throw new Error(`${message.size} octets, then ${answer.length}`);
    checkEcho(packet, found, message, answer);
    // What has another meaning over TCP has another answer there.
    if (from.transport === "udp" && dissect(packet, true).fault === found.fault) {
      const overTcp = raw.ask(packet, { ...from, transport: "tcp" }, { limit: TCP_SIZE });
      checkTruncation(message, overTcp, isSame(answer, overTcp, 0), limit);
    }
    raw.ask(previous, from, { limit: TCP_SIZE });
    if (!isSame(answer, raw.ask(packet, from, { limit, filling: 0xff }), 0)) {
      throw new Error("another answer the second time");
    }
    const inOtherCase = raw.ask(withOtherCase(packet, found), from, { limit });
    if (!isSame(answer, inOtherCase, found.questionEnd)) {
      throw new Error("another answer in another case");
    }
    previous = packet.slice();
  };

  const check: CheckAnswer = (packet, from) => {
    const found = dissect(packet, from.transport === "tcp");
    const before = packet.slice();
    const thrown = first.exceptions.length;
    const { message, counted } = first.ask(packet, from);
    if (first.exceptions.length > thrown) throw first.exceptions[thrown];
    if (Buffer.compare(packet, before) !== 0) throw new Error("the packet was changed");
    if (message === undefined) {
      const isLimited = world.isLimited === true && from.transport === "udp" && counted.includes("event limited");
      if (found.fault !== "silence" && !isLimited) throw new Error("silence for a query");
      return counted;
    }
    checkHeader(packet, found, message);
    checkSize(packet, found, message, from);
    checkSections(packet, found, message);
    if (from.transport === "tcp" && message.flags.includes("tc") && world.hasTooLong !== true) {
      throw new Error("TC over TCP");
    }
    if (message.edns !== undefined) checkEdns(packet, found, message, message.edns, from);
    if (world.isLimited !== true) checkAgain(packet, found, message, from);
    return marksOf(world, found, message, counted, from);
  };

  return (packet, from) => {
    try {
      return check(packet, from);
    } catch (cause) {
      forgetCounted(first);
      throw cause;
    }
  };
}

/** All of a message, whatever the order of its answers and the case of its names. */
function inOneOrder(octets: Uint8Array): string {
  const message = readMessage(octets);
  const answers = message.answers.map((answer) => answer.toLowerCase()).toSorted();
  return JSON.stringify({ ...message, answers }).toLowerCase();
}

/** What was counted for a message that could not be read is not the next one's. */
function forgetCounted(answerer: TestAnswerer): void {
  try {
    answerer.ask(new Uint8Array());
  } catch {
    // Too much was counted, and is gone now.
  }
}

function answererOf({ spec, options, down }: World): TestAnswerer {
  const answerer = testAnswerer(spec, options?.());
  for (const endpoint of down) answerer.set(endpoint, "degraded");
  return answerer;
}

interface Raw {
  /** The answer's octets. The packet lies before octets of `filling`; nothing is to be written behind `limit`. */
  ask(packet: Uint8Array, from: Sender, how: { readonly limit: number; readonly filling?: number }): Uint8Array;
}

function createRaw({ answerer, exceptions }: TestAnswerer): Raw {
  const peer = textPeer();
  const slot = new Uint8Array(PACKET + GUARDED);
  const out = new Uint8Array(TCP_SIZE + GUARDED);
  return {
    ask(packet, from, { limit, filling = 0 }) {
      peer.address = from.peer;
      peer.keepalive = from.keepalive ?? -1;
      slot.set(packet);
      slot.fill(filling, packet.length, packet.length + GUARDED);
      out.fill(GUARD, limit, limit + GUARDED);
      const thrown = exceptions.length;
      const size = answerer(slot, packet.length, peer, out, TRAITS[from.transport]);
      if (exceptions.length > thrown) throw exceptions[thrown];
      if (size > limit) throw new Error(`${size} octets for one who takes ${limit}`);
      for (let i = 0; i < GUARDED; i++) if (out[limit + i] !== GUARD) throw new Error(`written behind ${limit} octets`);
      return out.slice(0, size);
    },
  };
}

function limitOf({ opt, fault }: Dissection, { transport }: Sender): number {
  if (transport === "tcp") return TCP_SIZE;
  // RFC 6891 section 6.2.3: less than 512 counts as 512. RFC 9715 section 3.2 for the most.
  return opt === undefined || fault === "opcode" ? 512 : Math.min(UDP_SIZE, Math.max(512, opt.size));
}

function checkHeader(packet: Uint8Array, found: Dissection, message: Message): void {
  const { fault, hasQuestion, opt } = found;
  const { id, opcode, flags, rcode, edns } = message;
  if (fault === "silence") throw new Error("an answer to what is no query");
  if (!expectedRcodes(packet, found).includes(rcode))
    throw new Error(`rcode ${rcode} for the fault ${JSON.stringify(fault)}`);
  if (id !== ((packet[0]! << 8) | packet[1]!)) throw new Error("another id");
  if (opcode !== ((packet[2]! >> 3) & 0xf)) throw new Error("another opcode");
  if (!/^qr( aa)?( tc)?( rd)?( cd)?$/.test(flags)) throw new Error(`flags ${flags}`);
  if (flags.includes("rd") !== ((packet[2]! & 0x01) !== 0)) throw new Error("RD is not as asked");
  if (flags.includes("cd") !== ((packet[3]! & 0x10) !== 0)) throw new Error("CD is not as asked");
  if (fault === "" && hasQuestion !== (message.question !== undefined)) throw new Error("question lost or made up");
  // RFC 6891 section 6.1.1: an OPT in a response if, and only if, there is one in the query.
  if (edns !== undefined && opt === undefined) throw new Error("OPT for who sent none");
  if ((fault === "" || fault === "version") && opt !== undefined && edns === undefined) throw new Error("OPT is lost");
}

function expectedRcodes(packet: Uint8Array, found: Dissection): readonly number[] {
  if (found.fault !== "" || found.hasQuestion) return RCODES[found.fault];
  // RFC 7873 section 5.4: no question; a server cookie is right, or it is not.
  return optionData(packet, found, 10)!.length > 8 ? [0, BADCOOKIE] : [0];
}

function checkSize(packet: Uint8Array, found: Dissection, { rcode, size }: Message, from: Sender): void {
  const limit = limitOf(found, from);
  if (size > limit) throw new Error(`${size} octets for one who takes ${limit}`);
  if (MALFORMED.includes(rcode) && size > packet.length) throw new Error(`rcode ${rcode} is longer than its query`);
  if (REFUSALS.includes(rcode) && size > packet.length + REFUSAL_EXTRA) throw new Error(`rcode ${rcode} of ${size}`);
}

/** RFC 2308 sections 2 and 5: without an answer there is the SOA, or the delegation; where all is left out, TC. */
function checkSections(packet: Uint8Array, { questionEnd }: Dissection, message: Message): void {
  const { question, rcode, flags, answers, authority } = message;
  const isOurs = question !== undefined && packet[questionEnd - 1] !== CLASS_CH && (rcode === 0 || rcode === 3);
  if (flags.includes("tc")) {
    if (answers.length + authority.length > 0) throw new Error("TC, and records nevertheless");
  } else if (isOurs && (answers.length === 0 || rcode === 3) && !/ (?:SOA|NS) /.test(authority[0] ?? "")) {
    throw new Error("neither an answer nor an SOA or NS record");
  }
}

type Edns = NonNullable<Message["edns"]>;

function checkEdns(packet: Uint8Array, found: Dissection, message: Message, edns: Edns, from: Sender): void {
  if (edns.udpSize !== UDP_SIZE || edns.version !== 0) throw new Error(`size ${edns.udpSize}, version ${edns.version}`);
  if (edns.dnssecOk !== found.opt?.dnssecOk) throw new Error("DO is not as asked");
  const { ecs, nsid, cookie, keepalive } = edns;
  if (found.fault !== "") {
    if ((ecs ?? nsid ?? cookie ?? keepalive) !== undefined)
      throw new Error("options for a message that is not understood");
    return;
  }
  const asked = (code: number): boolean => optionData(packet, found, code) !== undefined;
  const isAnswered = found.hasQuestion && (message.rcode === 0 || message.rcode === 3);
  if (isAnswered && asked(8) && ecs === undefined) throw new Error("client subnet is not echoed");
  if (ecs !== undefined) checkSubnet(ecs, optionData(packet, found, 8));
  checkCookie(cookie, optionData(packet, found, 10));
  if (nsid !== undefined && !asked(3)) throw new Error("the server's name for who did not ask");
  // RFC 7828 section 3.2.1: not over UDP.
  const isTold = asked(11) && from.transport === "tcp" && from.keepalive !== undefined;
  if ((keepalive !== undefined) !== isTold) throw new Error(`keepalive ${keepalive}`);
}

/** RFC 7871 section 7.2.1: all but the scope as in the query. */
function checkSubnet(ecs: string, sent: Uint8Array | undefined): void {
  if (sent === undefined) throw new Error("client subnet for who sent none");
  const [family, source, scope, address = ""] = ecs.split(" ");
  if (Number(family) !== ((sent[0]! << 8) | sent[1]!) || Number(source) !== sent[2]) throw new Error("another subnet");
  if (address !== Buffer.from(sent.subarray(4)).toString("hex")) throw new Error("another client's address");
  if (Number(scope) > (family === "2" ? 128 : family === "1" ? 32 : 0)) throw new Error(`scope ${scope}`);
}

/** RFC 7873 section 5.2: the client's cookie first; RFC 9018 section 4: 16 octets of the server's behind it. */
function checkCookie(cookie: string | undefined, sent: Uint8Array | undefined): void {
  if ((cookie !== undefined) !== (sent !== undefined)) throw new Error(`cookie ${cookie}`);
  if (cookie === undefined || sent === undefined) return;
  const client = Buffer.from(sent.subarray(0, 8)).toString("hex");
  if (cookie.length !== 48 || !cookie.startsWith(client)) throw new Error(`cookie ${cookie} for ${client}`);
}

/** Of the first such option. */
function optionData(packet: Uint8Array, { opt }: Dissection, code: number): Uint8Array | undefined {
  const option = opt?.options.find((candidate) => candidate.code === code);
  return option && packet.subarray(option.data, option.end);
}

/** RFC 1035 section 4.1.2, and the case of letters with it. */
function checkEcho(packet: Uint8Array, { questionEnd }: Dissection, { question }: Message, answer: Uint8Array): void {
  if (question === undefined) return;
  if (Buffer.compare(answer.subarray(12, questionEnd), packet.subarray(12, questionEnd)) !== 0) {
    throw new Error("another question");
  }
}

/** RFC 4343: names are the same whatever the case of their ASCII letters. */
function withOtherCase(packet: Uint8Array, { labels }: Dissection): Uint8Array {
  const changed = packet.slice();
  for (const start of labels) {
    for (let at = start + 1; at <= start + packet[start]!; at++) {
      const upper = packet[at]! & 0xdf;
      if (upper >= 0x41 && upper <= 0x5a) changed[at]! ^= 0x20;
    }
  }
  return changed;
}

/** TC where the answer does not fit, and there alone; over TCP there is the rest. */
function checkTruncation({ flags }: Message, overTcp: Uint8Array, isTheSame: boolean, limit: number): void {
  if (!flags.includes("tc")) {
    if (!isTheSame) throw new Error("another answer over TCP");
  } else if (overTcp.length <= limit && (overTcp[2]! & TC) === 0) {
    throw new Error(`TC for ${overTcp.length} octets, which fit`);
  }
}

const UNDERSTOOD = [3, 8, 10, 11, 12, 15];
const TOLD = ["ecs", "nsid", "cookie", "keepalive", "ede"] as const;

function marksOf(world: World, { fault, opt }: Dissection, message: Message, counted: readonly string[], from: Sender) {
  const { rcode, size, edns } = message;
  // RD and CD are copied: they tell nothing.
  const flags = message.flags.replace(/ rd| cd/g, "");
  const told = edns && TOLD.filter((option) => edns[option] !== undefined);
  const understood = opt?.options.filter(({ code }) => UNDERSTOOD.includes(code)) ?? [];
  const sent = understood.map(({ code, data, end }) => `${fault} ${code}:${Math.min(end - data, 42)}`);
  return [
    `${world.name} ${from.transport} ${rcode} ${flags} ${counted.join(" ")}`,
    `${fault} ${rcode} ${flags} ${told?.join(",") ?? "-"}`,
    `${world.name} ${Math.floor(size / 64)}`,
    ...sent.slice(0, 4),
  ];
}
