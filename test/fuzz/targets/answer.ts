/** Any octets as a packet: an answer that the RFCs allow, or silence. */
import { clientSubnet, ednsOption, octets, optRecord, queryPacket, record } from "../../support/query-packet.ts";
import { createAnswerCheck, type Sender } from "../check-answer.ts";
import { anyMessage } from "../message-grammar.ts";
import { mutateMessage } from "../mutate-message.ts";
import type { Target } from "../target.ts";
import { worlds } from "../worlds.ts";

const SENDERS: readonly Sender[] = [
  { transport: "udp", peer: "10.1.1.1" },
  { transport: "udp", peer: "2001:db8:de::1" },
  { transport: "udp", peer: "192.0.2.1" },
  { transport: "tcp", peer: "10.1.1.1", keepalive: 100 },
  { transport: "tcp", peer: "fe80::1%eth0" },
];

const names = [...new Set(worlds.flatMap((world) => world.names))];

const models: readonly Uint8Array[] = [
  ...names.map((name) => queryPacket({ name })),
  ...names.map((name) => queryPacket({ name, type: 28, ecs: clientSubnet("10.1.2.0/24"), flags: 0x0110 })),
  queryPacket({ records: [record({ owner: Uint8Array.of(0xc0, 12), type: 1 }), optRecord()], counts: [1, 1, 0, 1] }),
  queryPacket({ opcode: 4, type: 6 }),
  queryPacket({ edns: { version: 1 } }),
  // RFC 7873 section 5.4: a cookie without a question.
  octets(Uint8Array.of(0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1), optRecord({ data: ednsOption(10, new Uint8Array(8)) })),
];

export function createAnswerTarget(): Target {
  const checks = worlds.map(createAnswerCheck);
  return {
    name: "answer",
    form: "hex",
    variants: worlds.length * SENDERS.length,
    models,
    generate: (chance, variant) => anyMessage({ names: worlds[variant % worlds.length]!.names }, chance),
    mutate: mutateMessage,
    check(input, variant) {
      return checks[variant % worlds.length]!(input, SENDERS[Math.floor(variant / worlds.length)]!);
    },
  };
}
