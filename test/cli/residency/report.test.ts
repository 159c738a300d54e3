/** The report of a small configuration, in all its forms. */
import { beforeAll, describe, expect, test } from "vitest";
import { reportCsv, csvCell } from "../../../src/cli/residency/report-csv.ts";
import { reportHtml } from "../../../src/cli/residency/report-html.ts";
import { reportText } from "../../../src/cli/residency/report-text.ts";
import { matrixOf, rulesOf, type Matrix, type ResidencyReport } from "../../../src/cli/residency/report.ts";
import { ruleWords } from "../../../src/cli/residency/rule-words.ts";
import { sharesOnline } from "../../../src/cli/residency/shares.ts";
import { verify } from "../../../src/cli/residency/verify.ts";
import { residencyFindings } from "../../../src/config/residency-findings.ts";
import { knownClients } from "../../../src/geo/known-clients.ts";
import { proveResidency } from "../../../src/routing/residency/proof.ts";
import { leafTableOf } from "../../support/leaf-tables.ts";
import { ip, snapshotOf } from "../../support/snapshot.ts";

const HOSTILE = "</td><script>alert(1)</script>";

const snapshot = snapshotOf({
  networks: { hq: { cidrs: ["10.20.0.0/16"], country: "US" } },
  profiles: {
    shop: {
      names: ["shop.gtm.example.com"],
      method: "priority",
      whenAllDown: { action: "fallback", target: { kind: "address", ipv4: [ip("192.0.2.99")], ipv6: [] } },
      endpoints: {
        first: { address: ["192.0.2.1"], labels: { jurisdiction: "EU", note: HOSTILE }, site: "=HYPERLINK(1)" },
        always: { address: ["198.51.100.2"], labels: { jurisdiction: "EU" }, monitored: false },
        never: { host: "n.example.net", labels: { jurisdiction: "EU" } },
        us: { address: ["203.0.113.3"], labels: { jurisdiction: "US" } },
      },
    },
  },
  residency: { eu: { clients: ["EU", "hq"], require: { jurisdiction: ["EU"] }, unknown: false } },
});
const table = leafTableOf(
  [
    ["192.0.2.0/24", "DE"],
    ["198.51.100.0/24", "US"],
    ["203.0.113.0/24", "FR"],
  ],
  snapshot,
);
const clients = knownClients(
  table,
  snapshot.networks.flatMap(({ cidrs }) => cidrs),
);

let matrix: Matrix;
let report: ResidencyReport;

beforeAll(async () => {
  matrix = await matrixOf({
    snapshot,
    clients,
    rule: undefined,
    sharesOf: sharesOnline(snapshot),
    onProgress: () => {},
  });
  const findings = residencyFindings(proveResidency({ snapshot, clients, profileAt: () => undefined }));
  const rules = rulesOf(snapshot, findings, matrix.broken, undefined);
  report = {
    made: "2026-11-28T10:00:00.000Z",
    version: "1.2.3",
    configuration: { file: `a&b${HOSTILE}.yaml`, sha256: "ab".repeat(32) },
    zoneFiles: [],
    databases: [{ file: "c.mmdb", type: "DBIP-Country-Lite", built: "2026-11-01", sha256: "cd".repeat(32) }],
    attribution: [{ text: "IP Geolocation by DB-IP", url: "https://db-ip.com", licence: "CC BY 4.0" }],
    shares: { of: "all-online", why: "no server was named" },
    pass: rules.every(({ pass }) => pass),
    rules,
    matrix: matrix.rows,
    verified: verify(snapshot, table, snapshot.residency),
  };
});

describe("matrixOf", () => {
  test("a row for the clients of each region that is named, with who may ever answer them", () => {
    const rows = matrix.rows.map(({ clients: who, rules, endpoints, otherwise }) => [
      who,
      rules.join(" "),
      endpoints.map(({ endpoint, by, share }) => `${endpoint} ${by} ${share}`),
      otherwise,
    ]);
    const own = ["shop/first health 1", "shop/always health 0", "shop/never override 0"];
    const others = [...own, "shop/us override 0", "the fallback of shop override 0"];
    expect(rows).toEqual([
      ["EU", "eu", own, []],
      ["hq", "eu", own, []],
      ["WORLD", "", others, []],
      ["unknown", "", others, []],
    ]);
  });

  test("where a rule leaves nothing there is no fallback either", async () => {
    const empty = snapshotOf({
      profiles: {
        p: {
          names: ["p.gtm.example.com"],
          whenAllDown: {
            action: "fallback",
            target: { kind: "address", ipv4: [ip("192.0.2.99")], ipv6: [] },
            labels: { j: "EU" },
          },
          endpoints: { us: { address: ["192.0.2.1"], labels: { j: "US" } } },
        },
      },
      residency: { eu: { clients: ["DE"], require: { j: ["EU"] }, unknown: false, whenNoneCompliant: "servfail" } },
    });
    const sharesOf = sharesOnline(empty);
    const { rows } = await matrixOf({ snapshot: empty, clients, rule: undefined, sharesOf, onProgress: () => {} });
    expect(rows).toMatchObject([
      { region: "DE", endpoints: [], otherwise: ["servfail"], removed: [{ endpoint: "p/us" }] },
      { region: "WORLD", endpoints: [{ endpoint: "p/us" }, { endpoint: "the fallback of p" }], otherwise: [] },
      { region: "unknown", endpoints: [{}, {}] },
    ]);
  });

  test("what rules have removed, and why", () => {
    expect(matrix.rows[0]!.removed).toEqual([
      { endpoint: "shop/us", rule: "eu", because: "jurisdiction US" },
      { endpoint: "the fallback of shop", rule: "eu", because: "no jurisdiction" },
    ]);
  });

  test("where distance decides, shares are of clients at one place, which is told", async () => {
    const near = snapshotOf({
      profiles: {
        p: {
          names: ["p.gtm.example.com"],
          method: "performance",
          endpoints: {
            de: { address: ["192.0.2.1"], at: "DE", labels: { j: "EU" } },
            us: { address: ["192.0.2.2"], at: "US", labels: { j: "US" } },
          },
        },
      },
      residency: { eu: { clients: ["EU"], require: { j: ["EU"] }, unknown: false } },
    });
    const sharesOf = sharesOnline(near);
    const { rows } = await matrixOf({ snapshot: near, clients, rule: undefined, sharesOf, onProgress: () => {} });
    expect(rows.map(({ region, sharesIn }) => [region, sharesIn])).toEqual([
      ["EU", "DE"],
      ["WORLD", "US"],
      ["unknown", undefined],
    ]);
    const text = reportText({ ...report, matrix: rows }, { width: undefined, paint: (_, plain) => plain });
    expect(text).toContain("100 % in DE");
    expect(reportHtml({ ...report, matrix: rows })).toContain("100 % in DE");
    expect(matrix.rows.map(({ sharesIn }) => sharesIn)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test("an endpoint beside a covered profile is told to be under no rule", async () => {
    const nested = snapshotOf({
      profiles: {
        portal: {
          names: ["portal.gtm.example.com"],
          endpoints: { pay: { nested: "pay" }, us: { address: ["192.0.2.2"], labels: { j: "US" } } },
        },
        pay: { endpoints: { eu: { address: ["192.0.2.1"], labels: { j: "EU" } } } },
      },
      residency: { eu: { clients: ["EU"], profiles: ["pay"], require: { j: ["EU"] }, unknown: false } },
    });
    const sharesOf = sharesOnline(nested);
    const { rows } = await matrixOf({ snapshot: nested, clients, rule: undefined, sharesOf, onProgress: () => {} });
    const under = rows.map(({ region, endpoints }) => [
      region,
      endpoints.map(({ endpoint, rules }) => [endpoint, rules]),
    ]);
    expect(under[0]).toEqual([
      "EU",
      [
        ["portal/us", []],
        ["pay/eu", ["eu"]],
      ],
    ]);
    const plain = { width: undefined, paint: (_: unknown, text: string) => text };
    const lines = (matrixRows: Matrix["rows"]) =>
      reportText({ ...report, matrix: matrixRows }, plain)
        .split("\n")
        .filter((line) => line.includes("under no rule"));
    expect(lines(rows)).toEqual([expect.stringContaining("portal/us")]);
    expect(reportHtml({ ...report, matrix: rows })).toContain("<td>under no rule</td>");
    expect(reportCsv({ ...report, matrix: rows })).toMatch(/,under no rule\r\n/);
  });

  test("no fence is broken", () => {
    expect(matrix.broken).toEqual([]);
  });
});

test("rulesOf: a rule fails with its reasons", () => {
  expect(report.rules).toMatchObject([
    { name: "eu", pass: false, profiles: ["shop"], reasons: [{ code: "residency-unlabelled" }] },
  ]);
  expect(rulesOf(snapshot, [], [], undefined)).toMatchObject([{ pass: true, reasons: [] }]);
  expect(rulesOf(snapshot, [], [{ rule: "eu", text: "x" }], undefined)).toMatchObject([{ pass: false }]);
});

test("ruleWords: a rule in words", () => {
  expect(ruleWords(snapshot.residency[0]!, snapshot)).toBe(
    "Clients in EU, or in the network hq get from shop only endpoints with jurisdiction EU. Where no endpoint complies, the answer has no records (NODATA).",
  );
  const forbids = { ...snapshot.residency[0]!, require: {}, forbid: { provider: ["azure", "gcp"] } };
  expect(ruleWords(forbids, snapshot)).toContain("only endpoints without provider azure or gcp.");
  expect(ruleWords({ ...forbids, require: { j: ["EU"] } }, snapshot)).toContain(
    "only endpoints with j EU, without provider azure or gcp.",
  );
});

test("verify: where addresses are, against the label jurisdiction", () => {
  expect(
    report.verified!.map(({ endpoint, address, found, result }) => [endpoint, address, found?.region, result]),
  ).toEqual([
    ["shop/first", "192.0.2.1", "DE", "inside"],
    ["shop/always", "198.51.100.2", "US", "outside"],
    ["shop/never", undefined, undefined, "not-looked-up"],
    ["shop/us", "203.0.113.3", "FR", "outside"],
  ]);
});

test("reportText: rules, then a table for each profile; nothing that a terminal would obey", () => {
  const text = reportText(report, { width: 80, paint: (_, plain) => plain });
  expect(text).toMatch(/^eu {2}fail, 1 reason\n/);
  expect(text).toContain("WARNING: elsewhere than its label says");
  const [rules, table] = text.split("\n\n");
  expect(table!.split("\n")[0]).toBe("shop");
  expect(Math.max(...`${rules}\n${table}`.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test("reportText: an endpoint that two rules remove is one", () => {
  const removed = ["eu", "own"].map((rule) => ({ endpoint: "p/us", rule, because: "j US" }));
  const rows: Matrix["rows"] = [{ ...matrix.rows[0]!, endpoints: [], otherwise: ["nodata"], removed }];
  const text = reportText({ ...report, matrix: rows }, { width: undefined, paint: (_, plain) => plain });
  expect(text).toContain("no records (NODATA)  rules remove 1 endpoint\n");
});

describe("reportCsv", () => {
  test("RFC 4180: lines of as many cells, ended by CR LF", () => {
    const csv = reportCsv(report);
    expect(csv.endsWith("\r\n")).toBe(true);
    const lines = csv.trimEnd().split("\r\n");
    // No cell of this report has a comma of its own.
    expect(new Set(lines.map((line) => line.split(",").length))).toEqual(new Set([13]));
    expect(csv).toContain(",'=HYPERLINK(1),");
  });

  test.for([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ["two\nlines", '"two\nlines"'],
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(1)", "'@SUM(1)"],
    ["\t=1", "'\t=1"],
    ['=a"b', '"\'=a""b"'],
  ] as const)("csvCell: %j is %j", ([text, cell]) => {
    expect(csvCell(text)).toBe(cell);
  });
});

describe("reportHtml", () => {
  test("what is answered where no endpoint is left is no alternative to one", () => {
    const row = matrix.rows[0]!;
    const told = (endpoints: typeof row.endpoints) =>
      reportHtml({ ...report, matrix: [{ ...row, endpoints, otherwise: ["nodata"] }] });
    expect(told([])).toContain('"note">No records (NODATA).');
    expect(told(row.endpoints)).toContain('"note">Or no records (NODATA).');
  });

  /** Every element in turn; throws where they are not ended in order. */
  function tagsOf(html: string): readonly string[] {
    const open: string[] = [];
    const seen: string[] = [];
    for (const [, close, name] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
      if (close === "/" && open.pop() !== name) throw new Error(`</${name}> ends another element`);
      if (close === "/") continue;
      seen.push(name!);
      if (!["meta", "br"].includes(name!)) open.push(name!);
    }
    if (open.length > 0) throw new Error(`<${open.join("><")}> is never ended`);
    return seen;
  }

  test("well-formed, of the elements that say what they are", () => {
    const tags = new Set(tagsOf(reportHtml(report)));
    for (const tag of ["main", "h1", "h2", "table", "caption", "th", "time"]) expect(tags).toContain(tag);
    expect(tags).not.toContain("script");
  });

  test("nothing from elsewhere, and no script", () => {
    const html = reportHtml(report);
    expect(html).not.toMatch(/<(?:script|img|link|iframe|object|embed|form)\b|\ssrc=|url\(|@import|\son\w+=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual(["https://db-ip.com"]);
  });

  test("everything that is written by somebody is escaped", () => {
    const html = reportHtml({ ...report, version: "\u202e\u0007'\"" });
    expect(html).toContain("&lt;/td&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).not.toContain("<script>");
    expect(html).toContain("[U+202E][U+0007]&#39;&quot;");
  });

  test("hashes, dates and versions of all that it is made of", () => {
    const html = reportHtml(report);
    for (const fact of ["ab".repeat(32), "cd".repeat(32), "2026-11-01", "2026-11-28 10:00:00 UTC", "geosteer 1.2.3"]) {
      expect(html).toContain(fact);
    }
  });
});
