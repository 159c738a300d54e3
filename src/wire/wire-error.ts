/** What can be wrong with a message, and what each mistake gets. */
import { RCODE } from "./constants.ts";

/** What is wrong with a message; "" = nothing. */
export type WireError =
  | ""
  /** Fewer octets than a header, or an answer (QR set): silence. */
  | "not-a-query"
  | "opcode"
  /** Not exactly one question, nor none beside a cookie. */
  | "question-count"
  | "question-malformed"
  | "record-malformed"
  /** More than one OPT record, one outside the additional section, or one not owned by the root. */
  | "opt-misplaced"
  | "opt-malformed"
  | "ecs-malformed"
  | "cookie-malformed"
  | "keepalive-malformed"
  | "edns-version";

/** The response code that answers each error; "drop" = silence. */
export const wireActions: Readonly<Record<Exclude<WireError, "">, number | "drop">> = {
  "not-a-query": "drop",
  opcode: RCODE.NOTIMP,
  "question-count": RCODE.FORMERR,
  "question-malformed": RCODE.FORMERR,
  "record-malformed": RCODE.FORMERR,
  "opt-misplaced": RCODE.FORMERR,
  "opt-malformed": RCODE.FORMERR,
  "ecs-malformed": RCODE.FORMERR,
  "cookie-malformed": RCODE.FORMERR,
  "keepalive-malformed": RCODE.FORMERR,
  "edns-version": RCODE.BADVERS,
};
