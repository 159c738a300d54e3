/** Over DNS. */
import { createServer, type Socket } from "node:net";
import { Packet } from "dns2";
import { framedReply, record } from "../../health/fixtures/servers.ts";
import { casesOf, down, UP, type Case } from "../case.ts";
import { CLOSED, type OnMessage, type Stage } from "../stage.ts";

type Edit = (reply: Packet) => void;

const dns = casesOf("dns", { query: "example.com" });

const replying =
  (edit: Edit): OnMessage =>
  (message, from, socket) => {
    const reply = Packet.createResponseFromRequest(Packet.parse(message));
    edit(reply);
    socket.send(reply.toBuffer(), from.port, from.address);
  };
const udp = (edit: Edit) => (stage: Stage, address: string) => stage.listenUdp(address, replying(edit));
const saying = (onMessage: OnMessage) => (stage: Stage, address: string) => stage.listenUdp(address, onMessage);

const tcp = (serve: (query: Packet, socket: Socket) => void) =>
  createServer((socket) => {
    socket.on("error", () => {}).once("data", (octets: Buffer) => serve(Packet.parse(octets.subarray(2)), socket));
  });
const overTcp = (serve: (query: Packet, socket: Socket) => void) => (stage: Stage, address: string) =>
  stage.listen(tcp(serve), address);

const good: Edit = (reply) => void reply.answers.push(record("A", { address: "192.0.2.1" }));
const rcode =
  (code: number): Edit =>
  (reply) =>
    void (reply.header.rcode = code);
const truncated: Edit = (reply) => void (reply.header.tc = 1);
const soa =
  (serial: number): Edit =>
  (reply) =>
    void reply.answers.push(
      record("SOA", { primary: "a", admin: "b", serial, refresh: 2, retry: 3, expiration: 4, minimum: 5 }),
    );
const NO_ANSWER = "datagrams came, but no DNS answer to the query";

export const dnsCases: readonly Case[] = [
  dns("an answer", udp(good), { expect: "192.0.2.1" }, UP),
  dns(
    "an answer over TCP",
    overTcp((query, socket) => void socket.write(framedReply(query, good))),
    { transport: "tcp" },
    UP,
  ),
  dns(
    "truncated, and whole over TCP",
    async (stage, address) => {
      const port = await stage.listenUdp(address, replying(truncated));
      return stage.listen(
        tcp((query, socket) => void socket.write(framedReply(query, good))),
        address,
        port,
      );
    },
    {},
    UP,
  ),
  dns("truncated, without TCP", udp(truncated), {}, down("refused", "connection refused")),
  dns(
    "truncated over TCP too",
    overTcp((query, socket) => void socket.write(framedReply(query, truncated))),
    { transport: "tcp" },
    down("protocol", "an answer that is truncated over TCP too"),
  ),
  dns(
    "lame: a referral",
    udp((reply) => void reply.authorities.push(record("NS", { ns: "ns.example.net" }))),
    {},
    down("dns-no-data", /./),
  ),
  dns("lame: REFUSED", udp(rcode(5)), {}, down("dns-rcode", /REFUSED/)),
  dns("SERVFAIL", udp(rcode(2)), {}, down("dns-rcode", /SERVFAIL/)),
  dns("REFUSED where it is wanted", udp(rcode(5)), { expectedRcode: "REFUSED" }, UP),
  dns("another address", udp(good), { expect: "192.0.2.2" }, down("dns-mismatch", /./)),
  dns(
    "garbage",
    saying((_, from, socket) => socket.send("hello", from.port, from.address)),
    {},
    down("protocol", NO_ANSWER),
  ),
  dns(
    "replies to other queries",
    udp((reply) => {
      good(reply);
      reply.header.id ^= 1;
    }),
    {},
    down("protocol", NO_ANSWER),
  ),
  dns(
    "a flood of replies",
    saying((message, from, socket) => {
      const foreign = Buffer.from(message);
      foreign[0]! ^= 1;
      for (let i = 0; i < 100; i++) socket.send(foreign, from.port, from.address);
    }),
    {},
    down("protocol", /./),
  ),
  dns(
    "a reply too long to be decoded",
    udp((reply) => {
      for (let i = 0; i < 300; i++) good(reply);
    }),
    {},
    down("protocol", NO_ANSWER),
  ),
  dns(
    "silence",
    saying(() => {}),
    {},
    down("timeout", "no answer within 1000 ms"),
  ),
  dns("a closed port", () => CLOSED, {}, down("refused", /./)),
  dns(
    "silence over TCP",
    overTcp(() => {}),
    { transport: "tcp" },
    down("timeout", "connected, but no answer within 1000 ms"),
  ),
  dns(
    "an HTTP server",
    overTcp((_, socket) => void socket.end("HTTP/1.1 400 Bad Request\r\n\r\n")),
    { transport: "tcp" },
    down("protocol", "no DNS answer of at most 8 KiB came over TCP"),
  ),
  {
    what: "dns: a serial that is older than another's",
    first: down("dns-mismatch", /^serial 7, older than 8 of /),
    cast: (stage) => compared(stage, soa(8)),
  },
  {
    what: "dns: another that tells no serial to compare with",
    first: { status: "checking", outcome: "not-probed", reason: /tells no serial to compare with$/ },
    cast: (stage) => compared(stage, rcode(2)),
  },
];

async function compared(stage: Stage, other: Edit) {
  const [address, reference] = [stage.address(), stage.address()];
  const port = await stage.listenUdp(address, replying(soa(7)));
  const notOlderThan = `${reference}:${await stage.listenUdp(reference, replying(other))}`;
  const monitor = { protocol: "dns", port, query: "example.com", type: "SOA", notOlderThan };
  return { monitor, endpoint: { address }, answer: [address] };
}
