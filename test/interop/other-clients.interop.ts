/** kdig, drill and delv: three more codecs that read geosteer's answers and complain of what they do not like. */
import { describe, expect, test } from "vitest";
import { everyKindOfName, fullName } from "./every-kind-of-name.ts";
import type { Program } from "./scene/programs.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { run, useScene } from "./scene/scene.ts";

/** Arguments, after `@server`, and what the output must have. */
type Row = readonly [args: readonly string[], ...wanted: readonly RegExp[]];

/** What the programs say of answers that they do not like. */
const COMPLAINT = /warning|error:|malformed|bad packet|mismatch|unexpected|invalid|timeout|failed/i;
/** What they also say of good ones. */
const NO_COMPLAINT =
  /retrying over TCP|replied with error 'REFUSED'|^;; ERROR: failed to query server .*\(TCP\)|ncache nx/;

const NAME = fullName("addresses");
const LONG = fullName("long");
const A = /^addresses\.gtm\.example\.com\.\s+60\s+IN\s+A\s+192\.0\.2\.1$/m;
const AAAA = /^addresses\.gtm\.example\.com\.\s+60\s+IN\s+AAAA\s+2001:db8::1$/m;

const CLIENTS: Readonly<Partial<Record<Program, readonly Row[]>>> = {
  kdig: [
    [[NAME], A, /status: NOERROR/, /Flags: qr aa rd;/],
    [
      ["+norec", NAME, "+nsid", "+subnet=192.0.2.0/24"],
      A,
      /^;; NSID: 6E7331 "ns1"/m,
      /^;; CLIENT-SUBNET: 192.0.2.0\/24\/0/m,
    ],
    [["+norec", "+edns", "+dnssec", NAME], A, /flags: do;/],
    [["+norec", "+bufsize=512", "+padding=64", "+cookie", NAME], A, /^;; COOKIE: [0-9A-F]{48}/m],
    [["+norec", "+edns=1", NAME], /status: BADVERS/, /Version: 0;/],
    [["+tcp", "+keepopen", NAME, "A", NAME, "AAAA"], A, AAAA, /\(TCP\)/],
    [["+norec", LONG, "TXT"], /truncated reply/, /TXT\s+"0123456789/, /\(TCP\)/],
    [["+norec", "+ignore", LONG, "TXT"], /Flags: qr aa tc;/],
    [["+norec", "+json", NAME], /"rdataA": "192.0.2.1"/, /"AA": 1/],
    [["+norec", "-c", "CH", "-t", "TXT", "version.bind"], /TXT\s+"1.2"/],
    [["+norec", fullName("svc"), "HTTPS"], /HTTPS\s+1 \. alpn=h2,h3 ipv4hint=192\.0\.2\.1/],
    [["+norec", fullName("unknown"), "TYPE65280"], /TYPE65280\s+\\# 4 0A000001/],
    [["+norec", fullName("missing")], /status: NXDOMAIN/, /SOA/],
    [["+norec", fullName("@"), "AXFR"], /server replied with error 'REFUSED'/],
  ],
  drill: [
    [[NAME], A, /rcode: NOERROR/, /flags: qr aa rd/],
    [["-D", NAME], A, /EDNS: version 0; flags: do ; udp: 1232/],
    [["-t", fullName("@"), "MX"], /MX\s+10 mail\.gtm\.example\.com\./],
    [["-b", "512", "-a", LONG, "TXT"], /TXT\s+"0123456789/],
    [["-o", "rd", NAME], A, /flags: qr aa ;/],
    [["-x", "192.0.2.1"], /rcode: REFUSED/],
    [["version.bind", "TXT", "CH"], /TXT\s+"1.2"/],
    [[fullName("missing")], /rcode: NXDOMAIN/, /SOA/],
    [[fullName("_ftp._tcp"), "URI"], /URI\s+10 1 "ftp:\/\/ftp\.example\.com\/public"/],
  ],
  delv: [
    [["-i", NAME], A],
    [["-i", NAME, "AAAA"], AAAA],
    [["-i", "+tcp", NAME], A],
    [["-i", LONG, "TXT"], /TXT\s+"0123456789/],
    [["-i", fullName("alias")], /CNAME\s+addresses\.gtm\.example\.com\./, A],
    [["-i", fullName("missing")], /negative response/, /NXDOMAIN/],
    [["-i", fullName("of.empty")], /negative response/, /NXRRSET/],
  ],
};

for (const [program, rows] of Object.entries(CLIENTS) as [Program, readonly Row[]][]) {
  describe.runIf(has(program))(`${program} reads`, () => {
    const cast = useScene(async (scene) => {
      return { geosteer: await startGeosteer(scene, everyKindOfName(scene, scene.address(53, 2))) };
    });

    test.for(rows.map((row) => [row[0].join(" "), row] as const))("%s", async ([, [args, ...wanted]]) => {
      const { stdout, stderr } = await run(program, [`@${cast().geosteer.address}`, ...args]);
      const output = stdout + stderr;
      for (const pattern of wanted) expect(output).toMatch(pattern);
      const complaints = output.split("\n").filter((line) => COMPLAINT.test(line) && !NO_COMPLAINT.test(line));
      expect(complaints).toEqual([]);
    });
  });
}

describe.runIf(has("drill"))("drill -T", () => {
  const cast = useScene(async (scene) => {
    const parent = await startParent(scene, nameserverAddresses(scene));
    await startGeosteer(scene, everyKindOfName(scene, parent.address));
    return parent;
  });

  test("follows the delegations from the root down", async () => {
    const { stdout, stderr } = await run("drill", ["-4", "-T", "-r", cast().hintsFile, NAME]);
    expect(stderr).toBe("");
    expect(stdout).toMatch(/^gtm\.example\.com\.\s+300\s+IN\s+NS\s+ns1\.gtm\.example\.com\.$/m);
    expect(stdout).toMatch(A);
  });
});
