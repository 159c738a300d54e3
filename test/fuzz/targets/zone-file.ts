/** Any text as a master file, which includes another one and, where it says so, itself. */
import type { Chance } from "../chance.ts";
import { checkConfig } from "../check-config.ts";
import { mutateText, textOf } from "../mutate-text.ts";
import type { Target } from "../target.ts";

const CONFIG = "zones: { z.example: { file: z.zone } }\n";
const INCLUDED = "i A 192.0.2.1\n$ORIGIN sub\n TXT included\n";

const HEAD = "$TTL 1h\n@ IN SOA ns1 admin.z.example. 1 2h 15m 14d 60\n@ IN NS ns1\nns1 A 192.0.2.53\n";

const RECORDS: readonly string[] = [
  "www 300 IN AAAA 2001:db8::1",
  "w CNAME www",
  '*.wild TXT "a b" c\\032d "\\"\\\\" \\255',
  "m MX 10 mail.example.net.",
  "_s._tcp SRV 0 5 5060 www",
  '@ CAA 0 issue "ca.example.net; policy=ev"',
  'n NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.com!" .',
  'h HTTPS 1 . alpn=h2,h3 port=443 ipv4hint=192.0.2.1 key667="a\\,b"',
  "v SVCB 2 svc.example. mandatory=port port=53",
  "_443._tcp TLSA 3 1 1 ( 00112233445566778899aabbccddeeff ; comment\n 00112233445566778899aabbccddeeff )",
  "s SSHFP 4 2 123456789abcdef67890123456789abcdef67890123456789abcdef123456789",
  "lab NS ns.lab\nns.lab A 192.0.2.54\nlab DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118",
  'u URI 10 1 "https://example.com/"',
  "t TYPE65280 \\# 4 ( 0a 00 00 01 )",
  "p PTR host.example.net.",
  "$ORIGIN deep.z.example.\nx A 192.0.2.2\n  A 192.0.2.3",
  "$INCLUDE i.zone",
  "$INCLUDE z.zone inc",
  "$TTL 60",
  "l LOC 52 22 23.000 N 4 53 32.000 E -2.00m 0.00m 10000m 10m",
  'hi HINFO "a" "b"',
  "$GENERATE 1-9/2 g$ 60 A 192.0.2.${1,0,d}",
  '$GENERATE 0-3 ${0,3,n}.r TXT "$ \\"x ${-9,4,X}\\""',
  "out.example. 5 TXT ignored",
  "c TXT x ; \ufffd",
  "ap APL 1:192.0.2.0/24 !2:2001:db8::/32",
  "hp HIP 2 200100107B1A74DF365639CC39F1D578 AwEAAbdxyhNuSutc5EMzxTs9LBPCIkOF rvs",
  "ik IPSECKEY 10 3 2 gw AQNRU3mG7TVTO2BkR47usntb102uFJtugbo6BSGvgqt4AQ==",
  "cs CSYNC 66 3 A NS AAAA TYPE65534",
  "l6 L64 10 2001:db8:1140:1000\neu EUI48 00-00-5e-00-53-2a",
];

/** An octet that is not UTF-8, as a file with it is read. */
const FOREIGN = "\udce9";

/** A line may make 262,144 records: that takes its time, and is nothing that a mutation finds out. */
const LARGE_RANGE = /(\$generate\s+\d{0,3}-?\d{0,3})\d+/gi;

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

export const zoneFile: Target = {
  name: "zone-file",
  form: "txt",
  variants: 1,
  models: [HEAD, ...RECORDS.map((record) => `${HEAD}${record}\n`)].map(encode),
  generate: (chance: Chance) =>
    encode(HEAD + Array.from({ length: chance.below(6) }, () => `${chance.pick(RECORDS)}\n`).join("")),
  mutate: mutateText,
  check(input) {
    const files = [
      ["fuzz.yaml", CONFIG],
      ["i.zone", INCLUDED],
      ["z.zone", textOf(input).replaceAll(LARGE_RANGE, "$1").replaceAll("\ufffd", FOREIGN)],
    ] as const;
    return checkConfig("fuzz.yaml", new Map(files));
  },
};
