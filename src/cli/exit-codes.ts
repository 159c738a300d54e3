/** How a command ends, for scripts. */

export const EXIT = { done: 0, failed: 1, usage: 2, unreached: 3, notAllowed: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES: Readonly<Record<ExitCode, string>> = {
  [EXIT.done]: "Done.",
  [EXIT.failed]: "Failed or refused: what is wrong is printed.",
  [EXIT.usage]: "The command line is wrong.",
  [EXIT.unreached]: "No server was found, or none answered.",
  [EXIT.notAllowed]: "The server does not allow it: the token, its role, or the user.",
};
