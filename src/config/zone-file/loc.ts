/** LOC records (RFC 1876): degrees, minutes and seconds, altitude, size and precisions in metres, to 16 octets. */
import { type Field, nextText } from "./field.ts";

const OCTETS = 16;
/** Section 2: the equator, the prime meridian, and the altitude in centimetres of the "base of 100,000m below". */
const ORIGIN = 2 ** 31;
const BASE = 10_000_000;
/** Section 3: centimetres of the size, the horizontal and the vertical precision, where they are left out. */
const DEFAULTS = [100, 1_000_000, 1000] as const;
/** Section 2: nine times the ninth power of ten centimetres. */
const LONGEST = 9e9;

export const location: Field = {
  read(source, out) {
    const latitude = readAngle(() => nextText(source), { positive: "N", negative: "S", max: 90 });
    if (latitude === undefined) return "unfit";
    const longitude = readAngle(() => nextText(source), { positive: "E", negative: "W", max: 180 });
    if (longitude === undefined) return "unfit";
    const altitude = centimetres(nextText(source));
    if (altitude === undefined || altitude < -BASE || altitude + BASE > 0xffffffff) return "unfit";
    out.push(0);
    for (const usual of DEFAULTS) {
      const length = source.at < source.tokens.length ? centimetres(nextText(source)) : usual;
      if (length === undefined || length < 0 || length > LONGEST) return "unfit";
      const power = Math.max(0, String(length).length - 1);
      out.push((Math.floor(length / 10 ** power) << 4) | power);
    }
    for (const value of [ORIGIN + latitude, ORIGIN + longitude, BASE + altitude]) {
      out.push((value >>> 24) & 0xff, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff);
    }
    return undefined;
  },
  // Section 2: version 0; lengths are "four-bit unsigned integers, each ranging from zero to nine".
  end(data, at) {
    const lengths = [...data.subarray(at + 1, at + 4)];
    const isSound = data[at] === 0 && lengths.every((octet) => octet >> 4 <= 9 && (octet & 15) <= 9);
    return isSound && at + OCTETS <= data.length ? at + OCTETS : -1;
  },
};

interface Axis {
  readonly positive: string;
  readonly negative: string;
  /** The largest angle, in degrees. */
  readonly max: number;
}

/** Section 3: `d [m [s]] N`, in thousandths of a second of arc. */
function readAngle(next: () => string | undefined, { positive, negative, max }: Axis): number | undefined {
  let sum = 0;
  for (const unit of [3_600_000, 60_000, 1000, 0]) {
    const text = next() ?? "";
    const side = text.toUpperCase();
    if (unit < 3_600_000 && (side === positive || side === negative)) {
      return sum > max * 3_600_000 ? undefined : side === positive ? sum : -sum;
    }
    const isNumber = unit === 1000 ? /^\d{1,2}(?:\.\d{1,3})?$/.test(text) : /^\d{1,3}$/.test(text);
    if (!isNumber || unit === 0 || (unit === 3_600_000 ? Number(text) > max : Number(text) >= 60)) return undefined;
    sum += Math.round(Number(text) * unit);
  }
  return undefined;
}

/** A length in metres, such as `-24m` or `10.25`, in centimetres. */
function centimetres(text: string | undefined): number | undefined {
  const metres = /^(-?\d{1,8}(?:\.\d{1,2})?)m?$/i.exec(text ?? "")?.[1];
  return metres === undefined ? undefined : Math.round(Number(metres) * 100);
}
