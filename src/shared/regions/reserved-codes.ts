/**
 * Two-letter codes that look like countries and are none, so that a habit from elsewhere is answered with the right
 * code. Source: the decoding table of ISO 3166-1 as in github.com/wooorm/iso-3166 4.4.0. XK is in the user-assigned
 * range and a country all the same: ask `countries.ts` first. EU is reserved too and a grouping here.
 */

/** Codes at the disposal of users; XX and ZZ often stand for "unknown". */
const USER_ASSIGNED = /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/;

/** Codes that are reserved exceptionally, transitionally or indeterminately, or withdrawn (ISO 3166-3). */
const RESERVED: ReadonlySet<string> = new Set(
  [
    "AC CP CQ DG EA EU EZ FX IC SU TA UK UN",
    "AN BU CS NT TP YU ZR",
    "AP BX DY EF EM EP EV EW FL GC IB JA LF OA PI RA RB RC RH RI RL RM RN RP SF WG WL WO WV YV",
    "CT DD FQ HV JT MI NH NQ PC PU PZ VD WK YD",
  ].flatMap((codes) => codes.split(" ")),
);

/** What to write instead: the codes that people do write. */
const REPLACEMENTS: ReadonlyMap<string, string> = new Map([
  ["UK", "GB"],
  // Not reserved in ISO 3166-1, but the EU's own code for Greece.
  ["EL", "GR"],
  // Legacy GeoIP databases: "Asia/Pacific Region".
  ["AP", "GEO-AS or GEO-AP"],
  ["AC", "SH"],
  ["TA", "SH"],
  ["CQ", "GG"],
  ["DG", "IO"],
  ["EA", "ES"],
  ["IC", "ES"],
  ["FX", "FR"],
  ["AN", "CW, SX or BQ"],
  ["BU", "MM"],
  ["CS", "RS or ME"],
  ["DD", "DE"],
  ["TP", "TL"],
  ["ZR", "CD"],
  // Azure's own: Sint Eustatius, Saba and Jan Mayen.
  ["XE", "BQ-SE"],
  ["XS", "BQ-SA"],
  ["XJ", "SJ"],
]);

export function isReservedCode(code: string): boolean {
  return RESERVED.has(code) || USER_ASSIGNED.test(code) || REPLACEMENTS.has(code);
}

/** Region codes as text, or undefined where nothing in particular stands for the reserved code. */
export function replacementOf(reserved: string): string | undefined {
  return REPLACEMENTS.get(reserved);
}
