/** What dig prints of geosteer's answers, with each of its options that servers get wrong (RFC 8906 section 8). */
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import { dig } from "./scene/dig.ts";
import { startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { useScene } from "./scene/scene.ts";

interface Row {
  readonly args: readonly string[];
  /** NOERROR where nothing is said. */
  readonly status?: string;
  /** `qr aa` where nothing is said. */
  readonly flags?: string;
  readonly answer: readonly string[];
  /** All lines of the OPT record; without, they are PLAIN_EDNS. */
  readonly edns?: readonly unknown[];
}

const PLAIN_EDNS = "EDNS: version: 0, flags:; udp: 1232";
const NAME = fullName("addresses");
const ADDRESS = ["A 192.0.2.1"];
const CAA = ['CAA 0 issue "ca.example.net"', 'CAA 128 iodef "mailto:security@example.com"'];
const NO_EDNS: readonly string[] = [""];
const REFUSED = {
  status: "REFUSED",
  flags: "qr",
  answer: [],
  edns: [PLAIN_EDNS, "EDE: 20 (Not Authoritative)"],
} as const;

const ROWS: readonly Row[] = [
  { args: [NAME], answer: ADDRESS },
  { args: [NAME, "+tcp"], answer: ADDRESS },
  { args: [NAME, "+noedns"], answer: ADDRESS, edns: NO_EDNS },
  { args: [NAME, "AAAA", "+bufsize=512"], answer: ["AAAA 2001:db8::1"] },
  // RFC 6891 section 6.2.3: values below 512 are taken for 512.
  { args: [NAME, "+bufsize=1"], answer: ADDRESS },
  { args: [fullName("long"), "TXT", "+ignore"], flags: "qr aa tc", answer: [] },
  { args: [fullName("long"), "TXT", "+ignore", "+noedns"], flags: "qr aa tc", answer: [], edns: NO_EDNS },
  { args: [fullName("long"), "TXT", "+ignore", "+bufsize=512"], flags: "qr aa tc", answer: [] },
  { args: [fullName("many"), "+ignore", "+noedns"], flags: "qr aa tc", answer: [], edns: NO_EDNS },
  { args: [fullName("caa"), "CAA", "+ignore", "+noedns"], answer: CAA, edns: NO_EDNS },

  { args: [NAME, "+subnet=192.0.2.0/24"], answer: ADDRESS, edns: [PLAIN_EDNS, "CLIENT-SUBNET: 192.0.2.0/24/0"] },
  { args: [NAME, "+subnet=2001:db8::/56"], answer: ADDRESS, edns: [PLAIN_EDNS, "CLIENT-SUBNET: 2001:db8::/56/0"] },
  { args: [NAME, "+subnet=0"], answer: ADDRESS, edns: [PLAIN_EDNS, "CLIENT-SUBNET: 0.0.0.0/0/0"] },
  {
    args: [fullName("near"), "+subnet=2001:db8:a:700::/56"],
    answer: ["A 192.0.2.22"],
    edns: [PLAIN_EDNS, "CLIENT-SUBNET: 2001:db8:a:700::/56/48"],
  },
  // RFC 7871 section 7.2.1: a scope may be longer than the source prefix, which says that more would be better.
  {
    args: [fullName("near"), "+subnet=2001:db8::/32"],
    answer: ["A 192.0.2.23"],
    edns: [PLAIN_EDNS, "CLIENT-SUBNET: 2001:db8::/32/45"],
  },

  { args: [NAME, "+nsid"], answer: ADDRESS, edns: [PLAIN_EDNS, 'NSID: 6e 73 31 ("ns1")'] },
  {
    args: [NAME, "+cookie=0123456789abcdef"],
    answer: ADDRESS,
    edns: [PLAIN_EDNS, expect.stringMatching(/^COOKIE: 0123456789abcdef[0-9a-f]{32} \(good\)$/)],
  },
  {
    args: [NAME, "+cookie=0123456789abcdef", "+tcp"],
    answer: ADDRESS,
    edns: [PLAIN_EDNS, expect.stringMatching(/^COOKIE: .* \(good\)$/)],
  },
  {
    args: [NAME, "+tcp", "+keepalive"],
    answer: ADDRESS,
    edns: [PLAIN_EDNS, expect.stringMatching(/^TCP KEEPALIVE: \d+\.\d secs$/i)],
  },
  { args: [NAME, "+padding=128"], answer: ADDRESS },
  { args: [NAME, "+expire"], answer: ADDRESS },
  { args: [NAME, "+ednsopt=65001"], answer: ADDRESS },
  { args: [NAME, "+ednsopt=65001:00112233"], answer: ADDRESS },
  { args: [NAME, "+ednsflags=0x80"], answer: ADDRESS },
  { args: [NAME, "+edns=1", "+noednsnegotiation"], status: "BADVERS", flags: "qr", answer: [] },
  {
    args: [NAME, "+edns=1", "+ednsopt=65001", "+ednsflags=0x80", "+noednsnegotiation"],
    status: "BADVERS",
    flags: "qr",
    answer: [],
  },
  { args: [NAME, "+dnssec"], answer: ADDRESS, edns: ["EDNS: version: 0, flags: do; udp: 1232"] },

  { args: [NAME, "+zflag"], answer: ADDRESS },
  { args: [NAME, "+adflag"], answer: ADDRESS },
  { args: [NAME, "+cdflag"], flags: "qr aa cd", answer: ADDRESS },
  { args: [NAME, "+aaflag", "+tcflag", "+raflag"], answer: ADDRESS },
  { args: [NAME, "+opcode=15", "+noedns"], status: "NOTIMP", flags: "qr", answer: [], edns: NO_EDNS },
  { args: [NAME, "+opcode=15", "+noedns", "+tcp"], status: "NOTIMP", flags: "qr", answer: [], edns: NO_EDNS },
  { args: [NAME, "+opcode=15", "+noedns", "+header-only"], status: "NOTIMP", flags: "qr", answer: [], edns: NO_EDNS },

  { args: [NAME, "TYPE1000"], answer: [] },
  { args: [fullName("missing"), "TYPE1000"], status: "NXDOMAIN", answer: [] },
  { args: [NAME, "ANY", "+notcp"], answer: ['HINFO "RFC8482" ""'] },
  { args: [NAME, "ANY", "+tcp"], answer: ['HINFO "RFC8482" ""'] },
  { args: ["-c", "CLASS65280", NAME], ...REFUSED },
  { args: ["www.example.org"], ...REFUSED },
  { args: ["."], ...REFUSED },
  { args: ["-x", "192.0.2.1"], ...REFUSED },
  { args: ["CH", "TXT", "version.bind"], answer: ['TXT "1.2"'] },
  { args: ["CH", "TXT", "hostname.bind"], answer: ['TXT "ns1"'] },
  { args: ["CH", "TXT", "id.server"], answer: ['TXT "ns1"'] },
  { args: ["CH", "TXT", "authors.bind"], ...REFUSED },
];

describe.runIf(has("dig"))("dig", () => {
  const cast = useScene(async (scene) => {
    const geosteer = await startGeosteer(scene, everyKindOfName(scene, scene.address(53, 2)));
    return { scene, geosteer };
  });

  test.for(ROWS.map((row) => [row.args.join(" "), row] as const))("%s", async ([, row]) => {
    const { args, status = "NOERROR", flags = "qr aa", answer, edns = [PLAIN_EDNS] } = row;
    // Cookies are what dig asks for by itself.
    const reply = await dig(cast().geosteer.address, "+norecurse", "+noadflag", "+nocookie", ...args);
    expect(reply.text).not.toMatch(/warning|malformed|bad packet|mismatch|extra|unexpected|invalid/i);
    const seen = { status: reply.status, flags: [...reply.flags].join(" "), answer: reply.answer, edns: reply.edns };
    expect(seen).toEqual({ status, flags, answer, edns });
  });

  test("a referral has the nameservers and their addresses, and is not authoritative", async () => {
    const { scene, geosteer } = cast();
    const reply = await dig(geosteer.address, fullName("www.child"), "+norecurse");
    expect([...reply.flags]).toEqual(["qr"]);
    expect(reply).toMatchObject({
      status: "NOERROR",
      answer: [],
      authority: [`NS ${fullName("ns.child")}`],
      additional: [`A ${scene.address(53, 2)}`],
    });
  });

  test.for([
    ["a name that does not exist", "missing", "NXDOMAIN"],
    ["an empty non-terminal", "of.empty", "NOERROR"],
    ["a type that a profile does not have", "near", "NOERROR"],
  ] as const)("%s comes with the SOA record", async ([, name, status]) => {
    const reply = await dig(cast().geosteer.address, fullName(name), "MX", "+norecurse");
    expect([...reply.flags]).toEqual(["qr", "aa"]);
    expect(reply).toMatchObject({
      status,
      answer: [],
      authority: [expect.stringMatching(/^SOA ns1\.gtm\.example\.com\. /)],
    });
  });

  test("dig tries TCP by itself when an answer is cut", async () => {
    const reply = await dig(cast().geosteer.address, fullName("long"), "TXT", "+norecurse");
    expect(reply.text).toContain("retrying in TCP mode");
    expect(reply.answer[0]).toHaveLength("TXT ".length + 2000 + 8 * '""'.length + 7);
  });

  test("dig falls back to EDNS version 0 by itself", async () => {
    const reply = await dig(cast().geosteer.address, NAME, "+edns=1", "+norecurse");
    expect(reply.text).toContain("BADVERS, retrying with EDNS version 0");
    expect(reply.answer).toEqual(ADDRESS);
  });

  test("a cookie that the server has given is good, and one that it has not is replaced", async () => {
    const first = await dig(cast().geosteer.address, NAME, "+norecurse", "+cookie=0123456789abcdef");
    const cookie = /COOKIE: ([0-9a-f]{48}) \(good\)/.exec(first.text)?.[1];
    const again = await dig(cast().geosteer.address, NAME, "+norecurse", `+cookie=${cookie}`);
    expect(again.text).toContain("(good)");
    const forged = await dig(cast().geosteer.address, NAME, "+norecurse", `+cookie=0123456789abcdef${"00".repeat(16)}`);
    expect(forged.status).toBe("NOERROR");
    expect(forged.edns).toContainEqual(
      expect.stringMatching(/^COOKIE: 0123456789abcdef(?!0{32})[0-9a-f]{32} \(good\)$/),
    );
  });

  test.for(["AXFR", "IXFR=1"])("%s is refused, and said so", async (type) => {
    const reply = await dig(cast().geosteer.address, fullName("@"), type);
    expect(reply.text).toContain("Transfer failed.");
    expect(reply.answer).toEqual([]);
  });
});
