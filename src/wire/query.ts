/** A decoded query: one object per worker, filled again for each message, so that a query allocates nothing. */

/** Octets of the client's cookie, and of both at most (RFC 7873 section 4). */
export const CLIENT_COOKIE = 8;
export const MAX_COOKIE = 40;

export interface Query {
  id: number;
  opcode: number;
  recursionDesired: boolean;
  checkingDisabled: boolean;
  /** Whether the question below was read; where not, an error answer has no question section. */
  hasQuestion: boolean;
  /** The offset behind the question. */
  questionEnd: number;
  /** The name in wire form, lower case, `nameLength` octets with the root's zero. */
  readonly name: Uint8Array;
  nameLength: number;
  /** Offsets of the labels within `name`, the root's not counted. */
  readonly labels: Uint8Array;
  labelCount: number;
  type: number;
  class: number;
  edns: boolean;
  ednsVersion: number;
  /** The requestor's UDP payload size. */
  udpSize: number;
  dnssecOk: boolean;
  /** Whether there is a Client Subnet option (RFC 7871). */
  ecs: boolean;
  /** The family of `ecsAddress`; 0 = the option names none, and no address. */
  ecsFamily: 0 | 4 | 6;
  ecsSource: number;
  /** The subnet's address as words (`shared/address-words.ts`); bits behind the source prefix are zero. */
  readonly ecsAddress: Uint32Array;
  /** Whether the server's name is asked for (RFC 5001). */
  nsid: boolean;
  /** Whether it is asked how long the connection may idle (RFC 7828); over TCP alone. */
  keepalive: boolean;
  /** Client cookie and server cookie, `cookieLength` octets; 0 = no such option (RFC 7873). */
  readonly cookie: Uint8Array;
  cookieLength: number;
}

export function newQuery(): Query {
  return {
    id: 0,
    opcode: 0,
    recursionDesired: false,
    checkingDisabled: false,
    hasQuestion: false,
    questionEnd: 0,
    name: new Uint8Array(255),
    nameLength: 0,
    labels: new Uint8Array(128),
    labelCount: 0,
    type: 0,
    class: 0,
    edns: false,
    ednsVersion: 0,
    udpSize: 0,
    dnssecOk: false,
    ecs: false,
    ecsFamily: 0,
    ecsSource: 0,
    ecsAddress: new Uint32Array(4),
    nsid: false,
    keepalive: false,
    cookie: new Uint8Array(MAX_COOKIE),
    cookieLength: 0,
  };
}
