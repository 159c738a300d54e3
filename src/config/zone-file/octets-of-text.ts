/** Character strings of master files as octets (RFC 1035 section 5.1). */

const encoder = new TextEncoder();

/**
 * A token with or without quotes around it. `\DDD` is an octet, `\X` the character X; undefined = an escape that is
 * none, or a quote inside.
 */
export function octetsOfText(token: string): Uint8Array | undefined {
  const text = token.startsWith('"') ? token.slice(1, -1) : token;
  if (!/["\\]/.test(text)) return encoder.encode(text);
  const octets: number[] = [];
  for (const [part] of text.matchAll(/\\\d{3}|\\[^\d]|[^\\]+|\\/gsu)) {
    if (!part.startsWith("\\")) {
      if (part.includes('"')) return undefined;
      for (const octet of encoder.encode(part)) octets.push(octet);
    } else if (part.length === 4 && Number(part.slice(1)) <= 255) octets.push(Number(part.slice(1)));
    else if (part.length === 1 || part.length === 4) return undefined;
    else octets.push(...encoder.encode(part.slice(1)));
  }
  return Uint8Array.from(octets);
}
