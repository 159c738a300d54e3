/** HIP records (RFC 8005 section 5): algorithm, host identity tag, public key, and names of rendezvous servers. */
import { type Field, name, nextText, octetsOfBase64, octetsOfHex, u8 } from "./field.ts";

/** Octets of the head: the tag's length, the algorithm, the key's length in 16 bits. */
const HEAD = 4;

export const hostIdentity: Field = {
  read(source, out) {
    const algorithm: number[] = [];
    if (u8.read(source, algorithm) !== undefined) return "unfit";
    const tag = octetsOfHex(nextText(source) ?? "");
    if (tag === undefined || tag.length === 0 || tag.length > 255) return "unfit";
    const key = octetsOfBase64(nextText(source) ?? "");
    if (key === undefined || key.length === 0 || key.length > 0xffff) return "unfit";
    out.push(tag.length, algorithm[0]!, key.length >> 8, key.length & 0xff, ...tag);
    for (const octet of key) out.push(octet);
    while (source.at < source.tokens.length) {
      const failure = name.read(source, out);
      if (failure !== undefined) return failure;
    }
    return undefined;
  },
  end(data, start) {
    if (start + HEAD > data.length) return -1;
    const tag = data[start]!;
    const key = (data[start + 2]! << 8) | data[start + 3]!;
    let at = start + HEAD + tag + key;
    if (tag === 0 || key === 0 || at > data.length) return -1;
    while (at >= 0 && at < data.length) at = name.end(data, at);
    return at;
  },
};
