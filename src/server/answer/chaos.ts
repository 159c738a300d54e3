/**
 * Names of class CH, which tell of the server itself (RFC 4892, BIND's names), and `whoami.geosteer`, which tells what
 * is known of the client that asks. Nothing is told that the configuration does not name, nor to clients it does not
 * allow.
 */
import { findSpot, newSpot } from "../../geo/find-leaf.ts";
import type { LeafTable } from "../../routing/leaf-table.ts";
import { placeAt } from "../../routing/places.ts";
import { addressOfWords } from "../../shared/address-words.ts";
import { nameFromWire } from "../../shared/domain-name.ts";
import { formatIpAddress } from "../../shared/ip-address.ts";
import type { CountryGrouping } from "../../shared/regions/country-grouping.ts";
import { narrowestRegion, regionChain } from "../../shared/regions/region-chain.ts";
import type { Identity } from "../../shared/server-settings.ts";
import { compileRecords } from "../../wire/compiled-records.ts";
import { CLASS_CH, EDE, RCODE, TYPE } from "../../wire/constants.ts";
import type { Response } from "../../wire/encode-response.ts";
import type { Query } from "../../wire/query.ts";
import { isListed } from "./address-list.ts";
import type { Peer } from "./peer.ts";

export type AnswerChaos = (query: Query, peer: Peer, response: Response) => void;

/** The strings of a name's TXT record. */
type Tell = (query: Query, peer: Peer) => readonly string[];

export function createAnswerChaos(
  identity: Identity,
  table: LeafTable,
  groupings: readonly CountryGrouping[],
): AnswerChaos {
  const told = new Map(Object.entries(tellers(identity, tellClient(table, groupings))));
  const isAllowed = isListed(identity.allow);
  const address = new Uint32Array(4);
  return (query, peer, response) => {
    const tell = told.get(nameFromWire(query.name));
    response.rcode = RCODE.REFUSED;
    if (tell === undefined) {
      response.extendedError = EDE.NOT_AUTHORITATIVE;
    } else if (!isAllowed(peer.readAddress(address), address)) {
      response.extendedError = EDE.PROHIBITED;
    } else {
      response.rcode = RCODE.NOERROR;
      response.authoritative = true;
      if (query.type !== TYPE.TXT && query.type !== TYPE.ANY) return;
      // TTL 0: of this server and this moment.
      const data = characterStrings(tell(query, peer));
      response.answers = compileRecords([{ type: TYPE.TXT, ttl: 0, data }], { class: CLASS_CH });
    }
  };
}

function tellers({ name, version, whoami }: Identity, tellLocation: Tell): Readonly<Record<string, Tell | undefined>> {
  const tellName = name === undefined ? undefined : (): string[] => [name];
  const tellVersion = version === undefined ? undefined : (): string[] => [version];
  return {
    "hostname.bind": tellName,
    "id.server": tellName,
    "version.bind": tellVersion,
    "version.server": tellVersion,
    "whoami.geosteer": whoami ? tellLocation : undefined,
  };
}

/** The resolver, the client subnet that it has sent, and where geosteer takes the client to be. */
function tellClient(table: LeafTable, groupings: readonly CountryGrouping[]): Tell {
  const words = new Uint32Array(4);
  const spot = newSpot();
  return ({ ecsFamily, ecsSource, ecsAddress }, peer) => {
    const peerFamily = peer.readAddress(words);
    const strings = [`resolver ${addressText(peerFamily, words)}`];
    if (ecsFamily === 0 || ecsSource === 0) findSpot(table, peerFamily, words, spot);
    else {
      strings.push(`client ${addressText(ecsFamily, ecsAddress)}/${ecsSource}`);
      findSpot(table, ecsFamily, ecsAddress, spot);
    }
    const placeOf = (): number => (spot.family === 4 ? table.ipv4 : table.ipv6).places[spot.leaf]!;
    // RFC 7871 section 10: a private subnet is where its resolver is.
    const isPrivate = table.places.isPrivate[placeOf()] === 1;
    if (isPrivate) findSpot(table, peerFamily, words, spot);
    const { location } = placeAt(table.places, placeOf());
    const { point, source } = location;
    const where = point === undefined ? "" : ` at ${point.latitude}, ${point.longitude}`;
    const whose = isPrivate ? ", the resolver's" : "";
    strings.push(`location ${narrowestRegion(location) ?? "unknown"}${where} (${source})${whose}`);
    strings.push(`regions ${regionChain(location, groupings).join(" ")}`);
    return strings;
  };
}

function addressText(family: 4 | 6, words: Uint32Array): string {
  return formatIpAddress(addressOfWords(family, words));
}

/** RFC 1035 section 3.3: a length octet and at most 255 octets each. */
function characterStrings(strings: readonly string[]): Uint8Array {
  return Uint8Array.from(
    strings.flatMap((text) => {
      const octets = new TextEncoder().encode(text).subarray(0, 255);
      return [octets.length, ...octets];
    }),
  );
}
