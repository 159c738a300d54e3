/**
 * The two messages of grpc.health.v1 (https://github.com/grpc/grpc-proto/blob/master/grpc/health/v1/health.proto) in
 * protobuf's wire format (https://protobuf.dev/programming-guides/encoding/), each behind the five octets of gRPC
 * (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md). Pure. Compression is never asked for, nor read.
 */

/** `HealthCheckRequest { service = 1 }`. */
export function healthRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const message = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, ...varint(name.length)]), name]);
  const head = Buffer.alloc(HEAD_OCTETS);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** Of `HealthCheckResponse.ServingStatus`, by their numbers. */
const STATUSES = ["UNKNOWN", "SERVING", "NOT_SERVING", "SERVICE_UNKNOWN"] as const;

export type ServingStatus = (typeof STATUSES)[number];

/** The status of the one `HealthCheckResponse { status = 1 }` that the octets are; undefined = they are none. */
export function readHealthResponse(octets: Buffer): ServingStatus | undefined {
  if (octets.length < HEAD_OCTETS || octets[0] !== 0) return undefined;
  const message = octets.subarray(HEAD_OCTETS);
  if (octets.readUInt32BE(1) !== message.length) return undefined;
  let status = 0;
  for (let at = 0; at < message.length;) {
    const field = readField(message, at);
    if (field === undefined) return undefined;
    // The last one counts, and a field that later versions add is passed over.
    if (field.key === STATUS_KEY) status = field.value;
    at = field.end;
  }
  return STATUSES[status];
}

const HEAD_OCTETS = 5;

/** Field 1, of wire type 0. */
const STATUS_KEY = 0x08;

interface Field {
  readonly key: number;
  /** Of a varint; 0 of others. */
  readonly value: number;
  readonly end: number;
}

function readField(message: Buffer, start: number): Field | undefined {
  const key = readVarint(message, start);
  if (key === undefined) return undefined;
  const wireType = key.value & 7;
  const fixed = FIXED_OCTETS.get(wireType);
  if (fixed !== undefined) return fieldAt(message, key.value, 0, key.end + fixed);
  const varintField = wireType === 0 || wireType === 2 ? readVarint(message, key.end) : undefined;
  if (varintField === undefined) return undefined;
  const { value, end } = varintField;
  return wireType === 0 ? fieldAt(message, key.value, value, end) : fieldAt(message, key.value, 0, end + value);
}

/** By wire type: I64 and I32. */
const FIXED_OCTETS: ReadonlyMap<number, number> = new Map([
  [1, 8],
  [5, 4],
]);

function fieldAt({ length }: Buffer, key: number, value: number, end: number): Field | undefined {
  return end <= length ? { key, value, end } : undefined;
}

/** Ten octets at most; what is above 2^53 is not exact, and no number that is looked for. */
function readVarint(message: Buffer, start: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const octet = message[start + i];
    if (octet === undefined) return undefined;
    value += (octet & 0x7f) * 2 ** (7 * i);
    if (octet < 0x80) return { value, end: start + i + 1 };
  }
  return undefined;
}

function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
}
