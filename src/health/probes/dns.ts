/**
 * DNS probe: one query, judged by `dns-verdict.ts`; no EDNS. Over UDP it is sent again each second until it is answered,
 * and the addresses of a host are asked in turn, as those of TCP are connected to; the first that answers decides. Asked
 * all at once they would take as many sockets, and each answer behind the first would be asked for in vain.
 *
 * With `notOlderThan` another server is asked the same, once the endpoint has answered as wanted. That it does not answer
 * says nothing of the endpoint.
 */
import { Packet } from "dns2";
import { isLaterSerial } from "../../shared/serial-arithmetic.ts";
import type { DnsMonitor } from "../monitoring.ts";
import { askDns, type DnsAnswer } from "./dns-exchange.ts";
import { judgeDnsReply, serialIn } from "./dns-verdict.ts";
import type { Probe, ProbedHost, ProbeVerdict } from "./probe.ts";

export const dnsProbe: Probe<DnsMonitor> = async (host, monitor, signal) => {
  const answer = await ask(host, monitor, signal);
  if (!answer.ok) return answer;
  const verdict = judgeDnsReply(answer.reply, monitor);
  if (!verdict.ok || monitor.notOlderThan === undefined) return verdict;
  const serial = serialIn(answer.reply);
  if (serial === undefined) return { ok: false, code: "dns-no-data", reason: "no SOA record in the answer" };
  return compare(serial, await latest(host, monitor, monitor.notOlderThan, signal), monitor.notOlderThan);
};

type Server = NonNullable<DnsMonitor["notOlderThan"]>;

function ask(
  { addresses, port }: Pick<ProbedHost, "addresses" | "port">,
  { query: name, type, transport, timeout }: DnsMonitor,
  signal: AbortSignal,
): Promise<DnsAnswer> {
  const query = new Packet();
  query.header.id = Packet.uuid();
  query.header.rd = 1;
  query.questions.push(new Packet.Question(name, Packet.TYPE[type], Packet.CLASS.IN));
  return askDns({ addresses, port, transport }, query.toBuffer(), timeout, signal);
}

/** The serial that the other server tells; undefined = it tells none. */
async function latest(
  { find }: ProbedHost,
  monitor: DnsMonitor,
  { host, port }: Server,
  signal: AbortSignal,
): Promise<number | undefined> {
  const found = await find(host);
  if (!found.ok || signal.aborted) return undefined;
  const answer = await ask({ addresses: found.addresses, port }, monitor, signal);
  return answer.ok && answer.reply.header.rcode === Packet.RCODE.NOERROR ? serialIn(answer.reply) : undefined;
}

function compare(serial: number, other: number | undefined, { host, port }: Server): ProbeVerdict {
  const server = `${host.includes(":") ? `[${host}]` : host}:${port}`;
  if (other === undefined)
    return { ok: false, code: "not-probed", reason: `${server} tells no serial to compare with` };
  if (!isLaterSerial(other, serial)) return { ok: true };
  return { ok: false, code: "dns-mismatch", reason: `serial ${serial}, older than ${other} of ${server}` };
}
