/** What is not asked of the endpoint itself: programs, reports, Prometheus; and ping, where it is allowed. */
import { readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { down, notProbed, SHORT, timeoutFor, UP, type Case, type Cast, type Expected } from "../case.ts";
import { CLOSED, type Stage } from "../stage.ts";

type Keys = Readonly<Record<string, unknown>>;

const castOf = (stage: Stage, monitor: Keys): Cast => {
  const address = stage.address();
  return { monitor, endpoint: { address }, answer: [address] };
};

/** In the arguments of every program that is not to be left behind. */
export const MARK = `3600.${process.pid}`;

function exec(what: string, text: string | undefined, first: Expected, mode?: number): Case {
  return {
    what: `exec: ${what}`,
    first,
    cast(stage) {
      const program = text === undefined ? "/nowhere/check" : stage.script(what.replaceAll(/\W+/g, "-"), text, mode);
      return castOf(stage, { protocol: "exec", command: [program, "%{host}"] });
    },
  };
}

const execCases: readonly Case[] = [
  exec("exit code 0", "exit 0", UP),
  exec(
    "exit code 2 and its words",
    'echo "431 messages wait"; exit 2',
    down("exit-code", "exit code 2: 431 messages wait"),
  ),
  exec(
    "hanging with children",
    `sleep ${MARK} & sleep ${MARK} & wait`,
    down("timeout", "the program has not ended within 1900 ms"),
  ),
  exec(
    "hanging, deaf to signals",
    `trap "" TERM INT HUP; while :; do sleep ${MARK}; done`,
    down("timeout", "the program has not ended within 1900 ms"),
  ),
  exec("ends and leaves children behind", `sleep ${MARK} & exit 0`, UP),
  exec("endless output", "exec yes", notProbed("the program writes without end")),
  exec("missing", undefined, notProbed("the program cannot be started (ENOENT)")),
  exec("not executable", "exit 0", notProbed("the program cannot be started (EACCES)"), 0o644),
  exec(
    "a missing program of the program's",
    "nowhere 2> /dev/null",
    notProbed("exit code 127: the program did not find another"),
  ),
  exec("a crash", "kill -SEGV $$", notProbed("the program was ended by SIGSEGV")),
];

function push(
  what: string,
  keys: Keys,
  told: Pick<Cast, "report" | "laterReport">,
  first: Expected,
  second?: Expected,
): Case {
  const turn = second && ((): void => {});
  return {
    what: `push: ${what}`,
    first,
    ...(second && { second }),
    cast: (stage) => ({ ...castOf(stage, { protocol: "push", ...keys }), ...told, ...(turn && { turn }) }),
  };
}

const pushCases: readonly Case[] = [
  push("up", { validFor: "1h" }, { report: { up: true } }, UP),
  push(
    "down",
    { validFor: "1h" },
    { report: { up: false, reason: "disk full" } },
    down("reported-down", "reported down: disk full"),
  ),
  push("never", { validFor: "1s" }, {}, down("no-report", "no report for 1 s")),
  push("never yet", { validFor: "1h" }, {}, notProbed("no report yet")),
  push(
    "stale",
    { validFor: "2s" },
    { report: { up: true } },
    {
      ...down("no-report", "no report for 2 s"),
      mayBeMissed: true,
    },
  ),
  push(
    "up, then down",
    { validFor: "1h" },
    { report: { up: true }, laterReport: { up: false } },
    UP,
    down("reported-down", "reported down"),
  ),
  push("a load alone", { validFor: "1s" }, { report: { load: 50 } }, down("no-report", "no report for 1 s")),
];

const sample = (value: unknown) => ({ metric: { __name__: "up" }, value: [1_700_000_000.123, value] });
const success = (resultType: string, result: unknown): string =>
  JSON.stringify({ status: "success", data: { resultType, result } });
const vector = (...values: readonly string[]): string => success("vector", values.map(sample));
const say =
  (body: string, status = 200): RequestListener =>
  (_, response) =>
    void response.writeHead(status, { "content-type": "application/json" }).end(body);

/** What answers requests; a server; or the number of a port. */
type Served = RequestListener | { readonly create: () => Server } | number;

function prometheus(what: string, served: Served, keys: Keys, first: Expected): Case {
  return {
    what: `prometheus: ${what}`,
    first,
    async cast(stage) {
      const address = stage.address();
      const create = typeof served === "object" ? served.create : () => createServer(served as RequestListener);
      const port = typeof served === "number" ? served : await stage.listen(create(), address);
      const url = `http://${address}:${port}`;
      return castOf(stage, { protocol: "prometheus", url, expression: "up", timeout: timeoutFor(first), ...keys });
    },
  };
}

const ours = (reason: string): Expected => notProbed(`Prometheus: ${reason}`);

const prometheusCases: readonly Case[] = [
  prometheus("a value within bounds", say(vector("0.5")), { below: 1 }, UP),
  prometheus("a value out of bounds", say(vector("9.3")), { below: 5 }, down("value", "value 9.3, wanted below 5")),
  prometheus("no sample", say(vector()), {}, down("no-value", "no value")),
  prometheus("NaN", say(vector("NaN")), {}, ours("the value is NaN")),
  prometheus("several samples", say(vector("1", "1")), {}, ours("2 samples, wanted one")),
  prometheus(
    "a query that is refused",
    say('{"status":"error","errorType":"bad_data","error":"<b>"}', 400),
    {},
    ours("status 400 (bad_data)"),
  ),
  prometheus("503", say("overloaded", 503), {}, ours("status 503")),
  prometheus("garbage", say("<html>"), {}, ours("not an answer of Prometheus")),
  prometheus("too much", say(" ".repeat(2 * 1024 * 1024)), {}, ours("no answer (UND_ERR_RES_EXCEEDED_MAX_SIZE)")),
  prometheus("hanging", (request) => void request.resume(), { timeout: SHORT }, ours("no answer in time")),
  prometheus(
    "no HTTP",
    { create: () => createTcpServer((socket) => void socket.on("error", () => {}).end("SSH-2.0\r\n")) },
    {},
    ours("no answer (HTTPParserError)"),
  ),
  prometheus("down from the start", CLOSED, {}, ours("no answer (ECONNREFUSED)")),
  {
    what: "prometheus: goes down later",
    first: UP,
    second: notProbed("Prometheus: status 502", "online"),
    async cast(stage) {
      let answer = say(vector("1"));
      const address = stage.address();
      const port = await stage.listen(
        createServer((request, response) => answer(request, response)),
        address,
      );
      const turn = (): void => void (answer = say("", 502));
      return { ...castOf(stage, { protocol: "prometheus", url: `http://${address}:${port}`, expression: "up" }), turn };
    },
  },
];

/** Whether this machine lets a server of ours ping (icmp(7)). */
function mayPing(): boolean {
  const [low, high] = readFileSync("/proc/sys/net/ipv4/ping_group_range", "utf8").trim().split(/\s+/).map(Number);
  return [process.getegid!(), ...process.getgroups!()].some((group) => low! <= group && group <= high!);
}

const ping: Case = {
  what: "icmp: a host that replies, as far as this machine may ask it",
  first: mayPing() ? UP : notProbed("net.ipv4.ping_group_range has no group of this process"),
  cast: (stage) => castOf(stage, { protocol: "icmp" }),
};

export const toldCases: readonly Case[] = [...execCases, ...pushCases, ...prometheusCases, ping];
