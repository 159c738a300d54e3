/** Hosts by name, over a resolver of ours: names that mislead, that go, and that nobody answers for. */
import { createServer } from "node:net";
import { Packet } from "dns2";
import { down, notProbed, timeoutFor, UP, type Case, type Expected } from "../case.ts";
import { CLOSED, type OnMessage, type Stage } from "../stage.ts";

/** What is said for a name: addresses, an RCODE, nothing at all, or octets that are no answer. */
type Said = readonly string[] | number | "silence" | "garbage";

const NXDOMAIN = 3;
const SERVFAIL = 2;
const REFUSED = 5;

const said = new Map<string, Said>();

/** Of the look-ups of the server, whose `--import` is `own-resolver.ts`. */
export const resolve: OnMessage = (message, from, socket) => {
  const reply = Packet.createResponseFromRequest(Packet.parse(message));
  const [question] = reply.questions;
  const answer = said.get(question!.name.toLowerCase()) ?? NXDOMAIN;
  if (answer === "silence") return;
  if (answer === "garbage") return socket.send("hello", from.port, from.address);
  if (typeof answer === "number") reply.header.rcode = answer;
  else {
    const type = question!.type === Packet.TYPE.AAAA ? "AAAA" : "A";
    if (question!.type === Packet.TYPE[type])
      for (const address of answer.filter((one) => one.includes(":") === (type === "AAAA")))
        reply.answers.push(
          new Packet.Resource({ name: question!.name, type: Packet.TYPE[type], class: 1, ttl: 1, address }),
        );
  }
  socket.send(reply.toBuffer(), from.port, from.address);
};

interface Turn {
  readonly to: Said;
  readonly second: Expected;
}

/** `find`: what is said, and the port. */
function name(
  what: string,
  find: (stage: Stage) => Promise<readonly [Said, number]>,
  first: Expected,
  turn?: Turn,
): Case {
  return {
    what: `name: ${what}`,
    first,
    ...(turn && { second: turn.second }),
    async cast(stage) {
      const host = `${what.toLowerCase().replaceAll(/\W+/g, "-")}.hosts.example`;
      const [answer, port] = await find(stage);
      said.set(host, answer);
      return {
        monitor: { protocol: "tcp", port, timeout: timeoutFor(first) },
        endpoint: { host },
        answer: [host],
        ...(turn && { turn: () => void said.set(host, turn.to) }),
      };
    },
  };
}

const serving = async (stage: Stage): Promise<readonly [string, number]> => {
  const address = stage.address();
  const server = createServer((socket) => void socket.on("error", () => {}).resume());
  return [address, await stage.listen(server, address)];
};
const found = async (stage: Stage): Promise<readonly [Said, number]> => {
  const [address, port] = await serving(stage);
  return [[address], port];
};
const only = (answer: Said) => () => Promise.resolve([answer, CLOSED] as const);
/** Before its own time is over, or when a look-up ends that began earlier. */
const UNANSWERED = notProbed(/^no address of .+ within 1900 ms$|^the resolver does not answer for /);
const NOT_FOUND = down("name-not-found", "host name not found, or without address");

export const nameCases: readonly Case[] = [
  name(
    "with a dead first address",
    async (stage) => {
      const [address, port] = await serving(stage);
      return [[stage.address(), address], port];
    },
    UP,
  ),
  name(
    "with a first address that hangs",
    async (stage) => {
      const dead = stage.address();
      const port = await stage.listenStopped(dead, true);
      const address = stage.address();
      await stage.listen(
        createServer((socket) => void socket.on("error", () => {}).resume()),
        address,
        port,
      );
      return [[dead, address], port];
    },
    UP,
  ),
  name(
    "of IPv6 alone",
    async (stage) => {
      const server = createServer((socket) => void socket.on("error", () => {}).resume());
      return [["::1"], await stage.listen(server, "::1")];
    },
    UP,
  ),
  name(
    "with dead addresses alone",
    async (stage) => [[stage.address(), stage.address()], CLOSED],
    down("refused", "connection refused"),
  ),
  name("that does not exist", only(NXDOMAIN), NOT_FOUND),
  name("without addresses", only([]), NOT_FOUND),
  name("for which the resolver fails", only(SERVFAIL), notProbed(/^the resolver does not answer for /)),
  name("for which the resolver refuses", only(REFUSED), notProbed(/^the resolver does not answer for /)),
  name("for which the resolver is silent", only("silence"), UNANSWERED),
  name("for which the resolver says garbage", only("garbage"), UNANSWERED),
  name("that stops existing", found, UP, { to: NXDOMAIN, second: NOT_FOUND }),
  name("that stops resolving: its last address is probed", found, UP, { to: "silence", second: UP }),
  name("for which the resolver begins to fail", found, UP, { to: SERVFAIL, second: UP }),
];
