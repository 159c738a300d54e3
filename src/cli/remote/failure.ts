/** Why a command got no answer from the server that it asked, or one that says no. */
import { EXIT, type ExitCode } from "../exit-codes.ts";

/** What each code of a failure to ask means; the server has others. */
export const REACH_ERRORS = {
  "no-server": "It was not said where the server is, and no socket was found.",
  "bad-server": "What names the server is no URL or path of a socket.",
  "token-unreadable": "The file of the token cannot be read, or holds none.",
  "not-reached": "Nothing answers there.",
  "not-trusted": "The server's certificate is not trusted.",
  "not-allowed": "The user, the token or its role may not.",
  "no-api": "What answers there is no geosteer, or one without this page.",
  "bad-answer": "The answer was cut off, too large or not understood.",
} as const;

export interface Failure {
  /** One of `REACH_ERRORS`, or of the server's. */
  readonly code: string;
  /** One line: what is wrong, where, and what to do. */
  readonly message: string;
  readonly exit: ExitCode;
}

export function failure(code: keyof typeof REACH_ERRORS, message: string): Failure {
  return { code, message, exit: EXITS[code] };
}

const EXITS: Readonly<Record<keyof typeof REACH_ERRORS, ExitCode>> = {
  "no-server": EXIT.unreached,
  "bad-server": EXIT.usage,
  "token-unreadable": EXIT.usage,
  "not-reached": EXIT.unreached,
  "not-trusted": EXIT.unreached,
  "not-allowed": EXIT.notAllowed,
  "no-api": EXIT.unreached,
  "bad-answer": EXIT.failed,
};
