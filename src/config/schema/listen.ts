/** `listen`: where the process answers, and with how many threads. */
import * as z from "zod";
import { ok, type Result } from "../../shared/result.ts";
import type { Refusal } from "../diagnostic.ts";
import type { SocketAddress } from "../settings.ts";
import { parseSocketAddress } from "../text/address.ts";
import { choice, integer, list, parsedText, section } from "./values.ts";

const socketAddress = parsedText({ title: "ADDRESS:PORT", parse: parseSocketAddress });

const socketAddressOrOff = parsedText({
  title: "ADDRESS:PORT | off",
  parse: (text): Result<SocketAddress | undefined, Refusal> =>
    text === "off" ? ok(undefined) : parseSocketAddress(text),
});

/** More threads than any machine has cores to spare are a typing error. */
const MAX_WORKERS = 256;

const workers = z
  .union([choice(["auto"]), integer(1, MAX_WORKERS)], { error: `auto, or 1 to ${MAX_WORKERS}` })
  .meta({ title: `auto | integer 1 to ${MAX_WORKERS}` });

export const listenSchema = section("addresses and threads", {
  dns: list("ADDRESS:PORT", socketAddress)
    .prefault(["0.0.0.0:53", "[::]:53"])
    .meta({ description: "Where DNS queries are answered, on UDP and TCP. Port 0 is any free port." }),
  http: socketAddressOrOff
    .prefault("127.0.0.1:8053")
    .meta({ description: "Where metrics, the API and the dashboard are served." }),
  udp: choice(["auto", "batch", "portable"])
    .prefault("auto")
    .meta({ description: "How UDP is served: the fastest way that the machine has, or the one that all have." }),
  workers: workers.prefault("auto").meta({ description: "Threads for UDP. auto: one per core." }),
});
