/** `zones`: the names that the server answers for, and their static records. */
import * as z from "zod";
import { ok } from "../../shared/result.ts";
import { parseAbsoluteName, parseMailbox, parseNameserver } from "../text/name.ts";
import { recordKeys, UNKNOWN_TYPE_PATTERN } from "../record-types.ts";
import { file } from "./file.ts";
import { integer, list, oneOrList, parsedText, seconds, section } from "./values.ts";

/** RFC 2181 section 8: "from zero to 2147483647" seconds. */
export const TTL_LIMITS = { min: "0s", max: "2147483647s" } as const;
const TIMER_LIMITS = { min: "1s", max: "2147483647s" } as const;

export const absoluteName = parsedText({ title: "DNS name", parse: parseAbsoluteName });
const nameserver = parsedText({ title: "DNS name", parse: parseNameserver });

/** The data of one record, read once its zone's name is known. */
const recordText = parsedText({ title: "record in master-file text", parse: ok });

const recordSet = z
  .union(
    [
      recordText,
      list(recordText),
      section("values, with their ttl", {
        ttl: seconds(TTL_LIMITS)
          .optional()
          .meta({ description: "How long resolvers keep these records.", defaultText: "the zone's ttl" }),
        values: oneOrList(recordText).meta({ description: "The records' data." }),
      }),
    ],
    {
      error: ({ input }) =>
        typeof input === "number" || typeof input === "boolean"
          ? `a record as text: "${input}"`
          : "a record in master-file text, a list of them, or { ttl, values }",
    },
  )
  .meta({
    title: "record, list of records, or { ttl, values }",
    description:
      "The records of one type, in master-file text. Names without a final dot are relative to the zone. " +
      "A TXT value without quotes is one text.",
  });

const records = z
  .record(
    z.string(),
    z
      // Types are read with their records, where the reason against one can be told.
      .record(z.string(), recordSet, { error: "a mapping from record type to data" })
      .meta({
        title: "records by type",
        propertyNames: { anyOf: [{ enum: recordKeys }, { pattern: UNKNOWN_TYPE_PATTERN }] },
        description: "The records of one name: relative to the zone, @ for the zone itself, * for a wildcard label.",
      }),
    { error: "a mapping from names to records" },
  )
  .meta({ title: "records by name" });

/** RFC 1982 section 3: serials are 32-bit numbers. */
const MAX_SERIAL = 0xffffffff;

const soa = section("serial and timers of the SOA record", {
  serial: integer(0, MAX_SERIAL).optional().meta({
    description: "The zone's serial, to be raised by hand with each change, such as 2026010100.",
    defaultText: "when this file was changed, in seconds since 1970",
  }),
  ttl: seconds(TTL_LIMITS)
    .optional()
    .meta({ description: "How long resolvers keep the SOA record.", defaultText: "the zone's ttl" }),
  // The next three speak to secondary servers. RFC 1912 section 2.2: refresh 20 minutes to 12 hours, retry "typically
  // a fraction of the refresh", expire two to four weeks.
  refresh: seconds(TIMER_LIMITS).prefault("2h").meta({ description: "How often a secondary asks for changes." }),
  retry: seconds(TIMER_LIMITS)
    .prefault("15m")
    .meta({ description: "How soon a secondary asks again after a failure." }),
  expire: seconds(TIMER_LIMITS)
    .prefault("14d")
    .meta({ description: "How long a secondary answers without hearing from here." }),
  // RFC 2308 section 5 finds one to three hours sensible for static zones. Here a profile that comes back must be seen
  // as soon as any other change, so it is a profile's default ttl.
  minimum: seconds(TTL_LIMITS)
    .prefault("60s")
    .meta({ description: "How long resolvers keep the answer that a name or type does not exist." }),
});

export const zonesSchema = z
  .record(
    z.string(),
    section("a zone", {
      file: file.optional().meta({
        description:
          "A master file (RFC 1035) with the whole zone, SOA and NS records included. No other key than `includes` beside it. Its path " +
          "counts from the configuration's folder, that of an $INCLUDE from the file that it stands in.",
        defaultText: "the keys below make the zone",
      }),
      includes: file.optional().meta({
        description: "The folder whose files, and those below it, $INCLUDE may read. Links count where they lead.",
        defaultText: "the folder of the zone's file",
      }),
      nameservers: oneOrList(nameserver).optional().meta({
        description:
          "The zone's NS records, the primary first. One inside a zone of this file needs an A or AAAA there.",
        defaultText: "required without file",
      }),
      contact: parsedText({ title: "mailbox", parse: parseMailbox })
        .optional()
        .meta({ description: "Who answers for the zone.", defaultText: "hostmaster@ the zone" }),
      ttl: seconds(TTL_LIMITS)
        .prefault("300s")
        .meta({ description: "How long resolvers keep the zone's static records." }),
      soa: soa.prefault({}).meta({ description: "The serial and the timers of the SOA record." }),
      records: records.prefault({}).meta({ description: "Static records, by name and type." }),
    }),
    { error: "a mapping from zone names to zones" },
  )
  .meta({ title: "zones by name" });
