/** Keys of monitors that ask a DNS server. */
import { parseProbeAddress } from "../../text/address.ts";
import { choice, parsedText } from "../values.ts";
import { absoluteName } from "../zone.ts";

const queryTypes = ["A", "AAAA", "CNAME", "TXT", "NS", "MX", "SOA"] as const;

export const dnsShape = {
  query: absoluteName.optional().meta({ description: "The name to ask for. Required.", defaultText: "none" }),
  type: choice(queryTypes).prefault("A").meta({ description: "The type to ask for." }),
  transport: choice(["udp", "tcp"]).prefault("udp").meta({
    description: "How it is asked. A truncated answer over UDP is asked for again over TCP.",
  }),
  expectedRcode: choice(["NOERROR", "NXDOMAIN", "REFUSED", "SERVFAIL"])
    .prefault("NOERROR")
    .meta({ description: "The response code that counts as success. NOERROR must come with an answer." }),
  notOlderThan: parsedText({ title: "HOST, HOST:PORT or [IPV6]:PORT", parse: parseProbeAddress }).optional().meta({
    description: "With type SOA: the serial must not be older than the one of this server.",
    defaultText: "any serial counts",
  }),
};
