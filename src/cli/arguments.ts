/** What stands on a command line, read: each refuses with what is wanted. */
import { InvalidArgumentError } from "commander";
import { type DurationLimits, parseDuration } from "../config/text/duration.ts";
import type { Question } from "../routing/fork.ts";
import { parseDomainName } from "../shared/domain-name.ts";
import { parseIpAddress, type IpAddress } from "../shared/ip-address.ts";

export function domainName(text: string): string {
  const parsed = parseDomainName(text);
  if (typeof parsed === "string") throw new InvalidArgumentError(`Not a domain name: ${parsed}.`);
  return parsed.name;
}

export function ipAddress(text: string): IpAddress {
  const address = parseIpAddress(text);
  if (address === undefined) throw new InvalidArgumentError("Give an IPv4 or IPv6 address, such as 203.0.113.7.");
  return address;
}

export const QUESTIONS = ["A", "AAAA", "CNAME"] as const satisfies readonly Question[];

export function question(text: string): Question {
  const found = QUESTIONS.find((type) => type === text.toUpperCase());
  if (found === undefined) throw new InvalidArgumentError(`Allowed choices are ${QUESTIONS.join(", ")}.`);
  return found;
}

/** A duration in milliseconds. */
export function duration(limits: DurationLimits): (text: string) => number {
  return (text) => {
    const parsed = parseDuration(text, limits);
    if (parsed.ok) return parsed.value;
    throw new InvalidArgumentError(`${parsed.error.what}, wanted ${parsed.error.wanted}.`);
  };
}

/** A duration that goes on as it is written. */
export function durationText(limits: DurationLimits): (text: string) => string {
  const read = duration(limits);
  return (text) => {
    read(text);
    return text;
  };
}

export function endpointName(text: string): string {
  if (/^[^/\s]+\/[^/\s]+$/.test(text)) return text;
  throw new InvalidArgumentError("Give PROFILE/ENDPOINT, such as shop/munich.");
}

export function reportSubject(text: string): string {
  if (/^(?:site:[^/\s]+|[^/\s]+\/[^/\s]+)$/.test(text)) return text;
  throw new InvalidArgumentError("Give PROFILE/ENDPOINT or site:NAME, such as shop/munich.");
}

export function percent(text: string): number {
  const value = Number(text);
  if (/^\d+(?:\.\d+)?$/.test(text) && value <= 10_000) return value;
  throw new InvalidArgumentError("Give a number from 0 to 10000, such as 73.5.");
}

export function generationNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give the number of a generation, which geosteer generations lists.");
}

export function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
