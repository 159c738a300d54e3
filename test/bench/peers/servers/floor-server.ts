/** Started by `floor.ts`: answers on 127.0.0.1 at the port given until it is killed. */
import { loadTestedLibc } from "../../../../src/server/transports/udp-batch/self-test.ts";
import { createBatches } from "../../../../src/server/transports/udp-batch/serve-batches.ts";
import { openBatchSocket } from "../../../../src/server/transports/udp-batch/socket.ts";
import { countInto, createCounterRow, type CounterLabels } from "../../../../src/telemetry/counters.ts";
import { NAME } from "../steering.ts";

/** Octets of an A record whose owner is a pointer: what a real answer has more than its query. */
const RECORD = Uint8Array.of(0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 1);
/** Octets of header, name, type and class. */
const QUESTION = 12 + NAME.length + 2 + 4;
const LABELS: CounterLabels = { profiles: [], endpoints: [], reasons: [], filters: [] };

const libc = loadTestedLibc();
if (!libc.ok) throw new Error(libc.error);
const socket = openBatchSocket(libc.value, { host: "127.0.0.1", port: Number(process.argv[2]) }, { shared: false });
if (!socket.ok) throw new Error(socket.error.message);

const counters = countInto(createCounterRow(LABELS), LABELS);
createBatches(libc.value, [{ fd: socket.value.fd, wildcard: false }], {
  attend: () => true,
  busy: { begin() {}, next() {}, end() {} },
  answerer: () => (packet, length, _peer, out) => {
    for (let i = 0; i < QUESTION; i++) out[i] = packet[i]!;
    for (let i = 0; i < RECORD.length; i++) out[QUESTION + i] = RECORD[i]!;
    for (let i = QUESTION; i < length; i++) out[RECORD.length + i] = packet[i]!;
    out[2]! |= 0x84;
    out[7] = 1;
    return length + RECORD.length;
  },
  counters: () => counters,
}).serve();
