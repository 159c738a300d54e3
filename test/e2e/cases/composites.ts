/** Several monitors, and several addresses. */
import { createServer } from "node:net";
import { down, UP, type Case, type Expected } from "../case.ts";
import { CLOSED, type Stage } from "../stage.ts";

type Keys = Readonly<Record<string, unknown>>;

/** Of one address with two ports: `ID-open` and `ID-closed`. */
function composite(what: string, monitor: Keys, first: Expected): Case {
  return {
    what: `composite: ${what}`,
    first,
    async cast(stage) {
      const address = stage.address();
      const port = await stage.listen(accepting(), address);
      const parts = { open: { protocol: "tcp", port }, closed: { protocol: "tcp", port: CLOSED } };
      return { monitor, parts, endpoint: { address }, answer: [address] };
    },
  };
}

const accepting = () => createServer((socket) => void socket.on("error", () => {}).resume());
const REFUSED = /closed: connection refused$/;

/** Of `count` addresses, of which those at `dead` have no server. */
function addresses(what: string, count: number, dead: readonly number[], keys: Keys, first: Expected): Case {
  return {
    what: `addresses: ${what}`,
    first,
    async cast(stage) {
      const all = Array.from({ length: count }, () => stage.address());
      const port = await listenAtAll(
        stage,
        all.filter((_, at) => !dead.includes(at)),
      );
      return { monitor: { protocol: "tcp", port, ...keys }, endpoint: { address: all }, answer: all };
    },
  };
}

async function listenAtAll(stage: Stage, all: readonly string[]): Promise<number> {
  let port = 0;
  for (const address of all) port = await stage.listen(accepting(), address, port);
  return port === 0 ? CLOSED : port;
}

export const compositeCases: readonly Case[] = [
  composite(
    "all, of which one is down",
    { all: ["ID-open", "ID-closed"] },
    { ...down("refused", REFUSED), part: "closed" },
  ),
  composite("any, of which one is down", { any: ["ID-open", "ID-closed"] }, { ...UP, part: "open" }),
  composite(
    "too few of two",
    { atLeast: 2, of: ["ID-open", "ID-closed"] },
    { ...down("refused", REFUSED), part: "closed" },
  ),
  composite("not one that is down", { not: "ID-closed" }, { ...UP, outcome: "refused", part: "closed" }),
  composite(
    "not one that is up",
    { not: "ID-open" },
    { status: "degraded", outcome: "success", reason: /open: succeeds, wanted a failure$/, part: "open" },
  ),
  addresses("one dead of two", 2, [0], {}, { ...UP, answer: ([, second]) => [second!] }),
  addresses("one dead of two, any", 2, [1], { addresses: "any" }, UP),
  addresses("the first dead of two, first", 2, [0], { addresses: "first" }, down("refused", "connection refused")),
  addresses("three dead of four", 4, [0, 1, 3], {}, { ...UP, answer: (all) => [all[2]!] }),
  addresses("all dead", 3, [0, 1, 2], {}, down("refused", /^127[\d.]+: connection refused; .+; .+$/)),
];
