/**
 * The report as one HTML file that can be filed, printed and read in ten years: no script, nothing from elsewhere, tables
 * with captions and headings, and all that it was made of with its hashes.
 */
import { counted } from "../../config/counted.ts";
import {
  clientsText,
  labelsText,
  noteText,
  otherwiseText,
  shareText,
  sharesText,
  verifiedText,
} from "./report-words.ts";
import type { ReportRow, ResidencyReport } from "./report.ts";
import { NOT_PROMISED } from "./rule-words.ts";

export function reportHtml(report: ResidencyReport): string {
  const { made, version, pass, rules, matrix, verified, shares, configuration } = report;
  const failed = rules.filter((rule) => !rule.pass).length;
  const verdict = pass
    ? `Pass: ${counted(rules.length, "rule")} without objection.`
    : `Fail: ${counted(failed, "rule")} of ${rules.length} with an objection.`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Residency report: ${text(configuration.file)}, ${text(made.slice(0, 10))}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Residency report</h1>
<p class="${pass ? "pass" : "fail"}"><strong>${text(verdict)}</strong></p>
<p>Which endpoints the DNS server geosteer ${text(version)} may answer to clients of which regions, whatever is healthy or not. Made ${time(made)} from ${text(configuration.file)}.</p>
<section>
<h2>Rules</h2>
${rules.map(ruleHtml).join("\n")}
</section>
<section>
<h2>Who may get what</h2>
<p>Clients are named by the most specific region that the profile or a rule names; “unknown” are those whose country no database knows. An endpoint marked “by an override alone” is answered in no state of health, only where an operator overrides one. One “under no rule” is of a profile that the rules are not about, beside one that they are about. A share “in” a place is of clients there: distance decides, and others of the row may have others. Shares: ${text(sharesText(shares))}.</p>
${[...Map.groupBy(matrix, ({ profile }) => profile)].map(([profile, rows]) => profileHtml(profile, rows)).join("\n")}
</section>
${verified === undefined ? "" : verifiedHtml(verified)}
<section>
<h2>What DNS steering cannot promise</h2>
<ul>
${NOT_PROMISED.map((sentence) => `<li>${text(sentence)}</li>`).join("\n")}
</ul>
</section>
<section>
<h2>Made of</h2>
${sourcesHtml(report)}
${report.attribution.map((one) => `<p><a href="${text(one.url)}">${text(one.text)}</a> (${text(one.url)}), ${text(one.licence)}.</p>`).join("\n")}
</section>
</main>
</body>
</html>
`;
}

function ruleHtml({ name, words, pass, reasons }: ResidencyReport["rules"][number]): string {
  const list = reasons.map(
    ({ code, text: what, wanted }) => `<li>${text(what)}. Wanted: ${text(wanted)}. <code>${text(code)}</code></li>`,
  );
  return `<article>
<h3>${text(name)}: <span class="${pass ? "pass" : "fail"}">${pass ? "pass" : "fail"}</span></h3>
<p>${text(words)}</p>${list.length === 0 ? "" : `\n<ul>\n${list.join("\n")}\n</ul>`}
</article>`;
}

function profileHtml(profile: string, rows: readonly ReportRow[]): string {
  return `<table>
<caption>Profile ${text(profile)}</caption>
<thead><tr><th scope="col">Clients</th><th scope="col">Rules</th><th scope="col">Endpoint</th><th scope="col">Labels</th><th scope="col">Site</th><th scope="col">Share</th><th scope="col">Note</th></tr></thead>
${rows.map(rowHtml).join("\n")}
</table>`;
}

function rowHtml(row: ReportRow): string {
  const { endpoints, rules, removed, exact } = row;
  const cells = endpoints.map((one) => {
    const { endpoint, labels, site = "", share } = one;
    return `<td>${text(endpoint)}</td><td class="labels">${text(labelsText(labels))}</td><td>${text(site)}</td><td class="number">${text(shareText(share, row.sharesIn))}</td><td>${text(noteText(one, row))}</td>`;
  });
  const notes = [
    ...(row.otherwise.length > 0 ? [capital(`${endpoints.length > 0 ? "or " : ""}${otherwiseText(row)}.`)] : []),
    ...removed.map(({ endpoint, rule, because }) => `${rule} removes ${endpoint}: ${because}.`),
    ...(exact ? [] : ["Too many states of health to look at: all candidates are listed as answered."]),
  ];
  const all = [
    ...cells,
    ...(notes.length > 0 ? [`<td colspan="5" class="note">${notes.map(text).join("<br>")}</td>`] : []),
  ];
  if (all.length === 0) all.push('<td colspan="5"></td>');
  const head = `<th scope="rowgroup" rowspan="${all.length}">${text(clientsText(row))}</th><td rowspan="${all.length}">${text(rules.join(", ") || "none")}</td>`;
  return `<tbody>\n${all.map((line, i) => `<tr>${i === 0 ? head : ""}${line}</tr>`).join("\n")}\n</tbody>`;
}

function capital(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}

function verifiedHtml(verified: NonNullable<ResidencyReport["verified"]>): string {
  const items = verified.map(
    (one) => `<li${one.result === "outside" ? ' class="fail"' : ""}>${text(verifiedText(one))}</li>`,
  );
  return `<section>
<h2>Addresses in the databases</h2>
<p>Where the loaded databases and own networks have the addresses of endpoints with the label jurisdiction. Hosts are not resolved.</p>
<ul>
${items.join("\n") || "<li>No endpoint has the label jurisdiction.</li>"}
</ul>
</section>`;
}

function sourcesHtml({ configuration, zoneFiles, databases }: ResidencyReport): string {
  const rows = [
    { kind: "configuration", built: "", ...configuration },
    ...zoneFiles.map((file) => ({ kind: "zone file", built: "", ...file })),
    ...databases.map(({ type, built, ...file }) => ({ kind: `database ${type}`, built, ...file })),
  ];
  return `<table>
<caption>Files, as they were read</caption>
<thead><tr><th scope="col">File</th><th scope="col">Kind</th><th scope="col">Built</th><th scope="col">SHA-256</th></tr></thead>
<tbody>
${rows.map(({ file, kind, built, sha256 }) => `<tr><th scope="row">${text(file)}</th><td>${text(kind)}</td><td>${text(built)}</td><td><code>${text(sha256)}</code></td></tr>`).join("\n")}
</tbody>
</table>`;
}

function time(iso: string): string {
  return `<time datetime="${text(iso)}">${text(iso.replace("T", " ").replace(/\.\d+Z$/, " UTC"))}</time>`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Control characters and those that turn the direction of writing are shown as their numbers. */
function text(value: string): string {
  return value
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character]!)
    .replaceAll(
      /[\p{Cc}\p{Cf}\p{Cs}]/gu,
      (character) => `[U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, "0")}]`,
    );
}

const STYLE = `
body { font: 11pt/1.45 Georgia, "Times New Roman", serif; color: #111; background: #fff; margin: 0; }
main { max-width: 62rem; margin: 0 auto; padding: 2rem 1.5rem; }
h1 { font-size: 1.9rem; margin: 0 0 .5rem; } h2 { font-size: 1.3rem; margin: 2rem 0 .5rem; border-bottom: 1px solid #999; }
h3 { font-size: 1.05rem; margin: 1rem 0 .2rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; font-size: .9rem; }
caption { text-align: left; font-weight: bold; padding: .3rem 0; }
th, td { border: 1px solid #bbb; padding: .25rem .5rem; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.labels { min-width: 8rem; overflow-wrap: anywhere; } time { white-space: nowrap; }
thead th { background: #eee; } .number { text-align: right; white-space: nowrap; } .note { color: #444; font-size: .85rem; }
.pass { color: #0a5c1f; } .fail { color: #a11212; } code { font-size: .8rem; overflow-wrap: anywhere; }
@media print { main { max-width: none; padding: 0; } thead { display: table-header-group; } tr, article { break-inside: avoid; } }
`;
