/** The kinds of values that requests and answers are made of. The message of an issue is what was wanted. */
import * as z from "zod";
import { STATUSES, type Status } from "../../../routing/health-view.ts";
import type { Counts, EndpointName, Instant } from "../../../control/control.ts";
import { DURATION_PATTERN, millisecondsOf } from "../../../shared/duration.ts";
import { type IpAddress, parseIpAddress } from "../../../shared/ip-address.ts";
import { schemaOf } from "./named.ts";

export const instant: z.ZodType<Instant> = z.iso
  .datetime()
  .meta({ description: "ISO 8601 in UTC.", examples: ["2026-11-27T20:04:43.000Z"] });

export const status = schemaOf<Status>()(
  "Status",
  z
    .enum(STATUSES, { error: `a status: ${STATUSES.join(", ")}` })
    .meta({ description: "The status of an endpoint or a profile, as Azure Traffic Manager names them." }),
);

export const counts = schemaOf<Counts>()(
  "Counts",
  z
    .partialRecord(z.enum(STATUSES), z.int().min(1))
    .meta({ description: "How many there are of each status; those that none has are missing." }),
);

export const count = z.int().min(0);

export const endpointName = schemaOf<EndpointName>()(
  "EndpointName",
  z
    .templateLiteral([z.string().min(1), "/", z.string().min(1)], { error: "PROFILE/ENDPOINT" })
    .meta({ description: "`PROFILE/ENDPOINT`.", examples: ["shop/munich"] }),
);

/** Text of at most `longest` UTF-16 code units. */
export function text(wanted: string, longest: number) {
  return z
    .string({ error: wanted })
    .min(1, { error: wanted })
    .max(longest, { error: `${wanted}; ${longest} characters at most` });
}

export const profileName = text("the name of a profile", 300);

/** A duration as text, in milliseconds once it is read; the limits themselves are allowed. */
export function duration(min: string, max: string) {
  const wanted = `a duration with its unit from ${min} to ${max}, such as 30m or 2h`;
  const [least, most] = [millisecondsOf(min)!, millisecondsOf(max)!];
  return z
    .string({ error: wanted })
    .regex(new RegExp(DURATION_PATTERN), { error: wanted })
    .transform((written) => millisecondsOf(written)!)
    .refine((milliseconds) => milliseconds >= least && milliseconds <= most, { error: wanted });
}

const IP_WANTED = "an IPv4 or IPv6 address, such as 203.0.113.7";

export const ipAddress = z.string({ error: IP_WANTED }).transform((written, context): IpAddress => {
  const address = parseIpAddress(written);
  if (address !== undefined) return address;
  context.addIssue({ code: "custom", message: IP_WANTED, input: written });
  return z.NEVER;
});
