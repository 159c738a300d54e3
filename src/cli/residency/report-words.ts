/** What the forms of the report have in common in words. */
import type { Labels } from "../../routing/snapshot.ts";
import type { ReportedEndpoint, ReportRow, SharesSource, VerifiedAddress } from "./report.ts";

export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(" ");
}

/** `0.333` → `33.3 %`, or `33.3 % in DE` where those of others may be others; nothing where it is not known. */
export function shareText(share: number | undefined, place: string | undefined): string {
  return share === undefined ? "" : `${Number((share * 100).toFixed(1))} %${place === undefined ? "" : ` in ${place}`}`;
}

export function clientsText({ clients, placedBy }: Pick<ReportRow, "clients" | "placedBy">): string {
  return placedBy === "client" ? clients : `${clients}, by resolver`;
}

/** What is to be known of an endpoint in its row. */
export function noteText({ by, rules }: ReportedEndpoint, row: ReportRow): string {
  return [
    ...(by === "override" ? ["by an override alone"] : []),
    ...(row.rules.length > 0 && rules.length === 0 ? ["under no rule"] : []),
  ].join(", ");
}

const OTHERWISE = { nodata: "no records (NODATA)", servfail: "a failure (SERVFAIL)" };

export function otherwiseText({ otherwise }: Pick<ReportRow, "otherwise">): string {
  return otherwise.map((kind) => OTHERWISE[kind]).join(" or ");
}

export function sharesText(shares: SharesSource): string {
  if (shares.of === "all-online") return `of those that ask for A while all endpoints are online (${shares.why})`;
  const { server, generation, configuration } = shares;
  const other = configuration === "other" ? ", which has other files than this report" : "";
  return `of those that ask ${server} for A now, generation ${generation}${other}`;
}

const RESULTS: Readonly<Record<VerifiedAddress["result"], string>> = {
  inside: "as labelled",
  outside: "WARNING: elsewhere than its label says",
  unknown: "no database knows the address",
  "not-looked-up": "not looked up",
};

export function verifiedText({ endpoint, address, jurisdiction, found, result }: VerifiedAddress): string {
  const place = found === undefined ? "" : `, found in ${found.region} by ${found.source}`;
  const what = address === undefined ? "a host, which is not resolved" : address;
  return `${endpoint}: ${what}, labelled ${jurisdiction}${place}: ${RESULTS[result]}`;
}
