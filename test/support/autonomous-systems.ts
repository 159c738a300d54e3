/** A database of autonomous systems for tests: in the open, private, and one inside another. */
import { openDatabase, type Database } from "../../src/geo/open-database.ts";
import { mmdb } from "./mmdb-writer.ts";

/** The narrowest network counts. */
export const SYSTEMS = [
  ["192.0.2.128/25", 64_500],
  ["192.0.2.192/26", 64_502],
  ["203.0.113.0/24", 64_500],
  ["8.0.0.0/7", 64_501],
  ["11.0.0.0/8", 64_500],
  ["10.0.0.0/9", 64_501],
  ["100.64.0.0/11", 64_500],
  ["2001:db8:20::/44", 64_500],
  ["2a00::/12", 64_501],
  ["2600::/12", 64_502],
  ["fd00::/8", 64_500],
] as const;

export const systemsDatabase: Database = opened();

function opened(): Database {
  const octets = mmdb(SYSTEMS.map(([network, asn]) => [network, { autonomous_system_number: asn }]));
  const parsed = openDatabase({ file: "systems.mmdb", octets });
  if (!parsed.ok) throw new Error(parsed.error.what);
  return parsed.value;
}
