/** Coordinates in other forms than `[latitude, longitude]`: what they would be in that one. */

/** `-23.55, -46.63`, `48.14 N 11.58 E`. */
const PAIR =
  /^[[(]?\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([NS])?\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d{1,15})?)\s*°?\s*([EW])?\s*[\])]?$/i;

/** Longer texts are not looked at: the expression takes time that grows with a power of their length. */
const LONGEST = 64;

export function meantPointText(text: string): string | undefined {
  if (text.length > LONGEST) return undefined;
  const [, latitude, ns = "", longitude, ew = ""] = PAIR.exec(text.trim()) ?? [];
  if (latitude === undefined) return undefined;
  return pointText(signed(latitude, /s/i.test(ns)), signed(longitude!, /w/i.test(ew)));
}

function signed(text: string, isNegative: boolean): number {
  return isNegative ? -Number(text) : Number(text);
}

const LATITUDES = ["latitude", "lat"];
const LONGITUDES = ["longitude", "lon", "lng", "long"];

/** Of a mapping: `{ lat: 48.14, lon: 11.58 }`. */
export function meantPoint(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value).map(([key, part]) => [key.toLowerCase(), part] as const);
  const find = (keys: readonly string[]): number =>
    Number(entries.find(([key, part]) => keys.includes(key) && part !== null && part !== "")?.[1]);
  return pointText(find(LATITUDES), find(LONGITUDES));
}

/** The other way round where that alone is on the earth. */
function pointText(latitude: number, longitude: number): string | undefined {
  if (isOnEarth(latitude, longitude)) return `[${latitude}, ${longitude}]`;
  return isOnEarth(longitude, latitude) ? `[${longitude}, ${latitude}]: latitude comes first` : undefined;
}

function isOnEarth(latitude: number, longitude: number): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
