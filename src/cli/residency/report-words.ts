/** What the forms of the report have in common in words. */
import type { Labels } from "../../routing/snapshot.ts";
import type { ReportedEndpoint, ReportRow, SharesSource, VerifiedAddress } from "./report.ts";

export function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([label, value]) => `${label}=${value}`)
    .join(" ");
}

/** `0.333` → `33.3 %`; nothing where it is not known. */
export function shareText(share: number | undefined): string {
  return share === undefined ? "" : `${Number((share * 100).toFixed(1))} %`;
}

export function clientsText({ clients, placedBy }: Pick<ReportRow, "clients" | "placedBy">): string {
  return placedBy === "client" ? clients : `${clients}, by resolver`;
}

export function byText(by: ReportedEndpoint["by"]): string {
  return by === "override" ? "by an override alone" : "";
}

const OTHERWISE = { nodata: "no records (NODATA)", servfail: "a failure (SERVFAIL)" };

export function otherwiseText({ otherwise }: Pick<ReportRow, "otherwise">): string {
  return otherwise.map((kind) => OTHERWISE[kind]).join(" or ");
}

export function sharesText(shares: SharesSource): string {
  return shares.of === "server"
    ? `of those that ask ${shares.server} for A now, generation ${shares.generation}`
    : `of those that ask for A while all endpoints are online (${shares.why})`;
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
