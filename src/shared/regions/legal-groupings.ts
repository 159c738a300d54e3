/**
 * Groupings of countries as law draws them. They are no part of Azure's hierarchy: its `GEO-EU` is Europe, with RU, BY
 * and GB in it and the outermost regions of the Union outside.
 *
 * EU: the territory to which the Treaties apply, as far as ISO 3166-1 has codes for it.
 * - The 27 member states: TEU Article 52 as consolidated in 2016 (OJ C 202), without the United Kingdom since
 *   2020-02-01. The Canaries, Ceuta and Melilla are part of ES, the Azores and Madeira of PT.
 * - The outermost regions with codes of their own, TFEU Articles 349 and 355(1): GF, GP, MF, MQ, RE, and YT since
 *   2014-01-01 (Decision 2012/419/EU).
 * - AX: TFEU Article 355(4) and Protocol 2 to the Act of Accession of 1994, which leave out indirect taxes alone.
 *
 * Not EU: the overseas countries and territories of Council Decision (EU) 2021/1764 (AW BL BQ CW GL NC PF PM SX TF WF;
 * BL since 2012-01-01, Decision 2010/718/EU); FO (TFEU Article 355(5)(a)); AD, MC, SM and VA, which are states of their
 * own; GG, IM and JE.
 *
 * EEA: the Agreement on the European Economic Area of 1992-05-02 (OJ L 1, 3.1.1994), Article 126: the territories of the
 * Treaties, and IS, LI and NO. AX is in it as Finland gave notice under that article. SJ is not: Protocol 40 lets Norway
 * exempt Svalbard, and it did. CH has not ratified.
 */
import type { RegionCode } from "./region.ts";

interface LegalGroupingRow {
  readonly name: string;
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly RegionCode[];
}

const MEMBER_STATES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" ");
const OUTERMOST_REGIONS = "GF GP MF MQ RE YT".split(" ");
const UNION = [...MEMBER_STATES, ...OUTERMOST_REGIONS, "AX"].toSorted();

export const legalGroupings = {
  EU: { name: "European Union", countries: UNION },
  EEA: { name: "European Economic Area", countries: [...UNION, "IS", "LI", "NO"].toSorted() },
} as const satisfies Readonly<Record<string, LegalGroupingRow>>;

export type LegalGrouping = keyof typeof legalGroupings;
