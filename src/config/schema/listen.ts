/** `listen`: where the process answers, and with how many threads. */
import * as z from "zod";
import { ok, type Result } from "../../shared/result.ts";
import type { ListenAddress } from "../../shared/server-settings.ts";
import type { Refusal } from "../diagnostic.ts";
import { parseListenAddress } from "../text/address.ts";
import { fileOrOff } from "./file.ts";
import { choice, duration, integer, oneOrList, parsedText, section } from "./values.ts";

const listenAddress = parsedText({ title: "ADDRESS:PORT", parse: parseListenAddress });

const listenAddressOrOff = parsedText({
  title: "ADDRESS:PORT | off",
  parse: (text): Result<ListenAddress | undefined, Refusal> =>
    text === "off" ? ok(undefined) : parseListenAddress(text),
});

/** More threads than any machine has cores to spare are a typing error. */
const MAX_WORKERS = 256;

const workers = z
  .union([choice(["auto"]), integer(1, MAX_WORKERS)], { error: `auto, or 1 to ${MAX_WORKERS}` })
  .meta({ title: `auto | integer 1 to ${MAX_WORKERS}` });

const tcp = section("TCP limits", {
  connections: integer(1, 100_000)
    .prefault(4000)
    .meta({ description: "TCP connections at a time. For one more, one that idles is closed." }),
  perClient: integer(1, 100_000).prefault(200).meta({ description: "Those of one IPv4 address or IPv6 /64." }),
  // RFC 7766 section 6.2.3: "on the order of a few seconds".
  idle: duration({ min: "1s", max: "5m" })
    .prefault("10s")
    .meta({ description: "How long a connection may idle. It is less while more than half of them are in use." }),
});

export const listenSchema = section("addresses and threads", {
  dns: oneOrList(listenAddress)
    .prefault(["0.0.0.0:53", "[::]:53"])
    .meta({ description: "Where DNS queries are answered, on UDP and TCP. Port 0 is any free port." }),
  control: fileOrOff.optional().meta({
    description: "The Unix socket by which the command line talks to the server. off: there is none.",
    defaultText: "control.sock beside the state file",
  }),
  http: listenAddressOrOff
    .prefault("127.0.0.1:8053")
    .meta({ description: "Where HTTP is served: the API below /api/v1, /metrics, /livez, /readyz." }),
  tcp: tcp.prefault({}).meta({ description: "Limits of TCP." }),
  udp: choice(["auto", "batch", "portable"])
    .prefault("auto")
    .meta({ description: "How UDP is served: the fastest way that the machine has, or the one that all have." }),
  workers: workers.prefault("auto").meta({ description: "Threads for UDP. auto: one per core." }),
});
