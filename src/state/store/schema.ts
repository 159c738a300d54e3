/**
 * The tables, as steps from one version of the file to the next: step n leads from version n to n + 1. A step that was
 * released never changes; a new version is one more step.
 *
 * Times are milliseconds since the Unix epoch. The ids of `transitions` and `audit` are `entry-ids.ts`'s.
 */

/** In the header of each file (`PRAGMA application_id`): "gsst". */
export const APPLICATION_ID = 0x67737374;

export const STEPS: readonly string[] = [
  `
  CREATE TABLE life (id INTEGER PRIMARY KEY CHECK (id = 1), alive INTEGER NOT NULL) STRICT;

  CREATE TABLE overrides (
    id INTEGER PRIMARY KEY,
    pattern TEXT NOT NULL,
    action TEXT NOT NULL,
    since INTEGER NOT NULL,
    until INTEGER,
    over INTEGER NOT NULL,
    reason TEXT,
    author TEXT NOT NULL
  ) STRICT;

  CREATE TABLE targets (
    key TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    since INTEGER NOT NULL,
    failures INTEGER NOT NULL,
    successes INTEGER NOT NULL,
    last_failure TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE transitions (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    profile TEXT NOT NULL,
    endpoint TEXT,
    from_status TEXT NOT NULL,
    to_status TEXT NOT NULL,
    reason TEXT
  ) STRICT;
  CREATE INDEX transitions_of_profile ON transitions (profile, id, endpoint);

  CREATE TABLE generations (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    hash TEXT NOT NULL,
    databases TEXT NOT NULL,
    changes TEXT
  ) STRICT;

  CREATE TABLE texts (
    hash TEXT PRIMARY KEY,
    archive BLOB NOT NULL
  ) STRICT;

  CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    source TEXT NOT NULL,
    what TEXT NOT NULL,
    result TEXT NOT NULL
  ) STRICT;
  `,
  `
  ALTER TABLE targets ADD COLUMN recovered INTEGER;
  ALTER TABLE targets ADD COLUMN window INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE targets ADD COLUMN returned INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE targets ADD COLUMN flaps INTEGER NOT NULL DEFAULT 0;
  `,
  `
  CREATE TABLE notice_messages (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    notice TEXT NOT NULL,
    message TEXT NOT NULL
  ) STRICT;

  CREATE TABLE notice_told (
    notice TEXT NOT NULL,
    subject TEXT NOT NULL,
    told TEXT NOT NULL,
    PRIMARY KEY (notice, subject)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Tables whose loss would be felt by clients or at the next start; the others are history. */
export const VITAL = [
  "life",
  "overrides",
  "targets",
  "generations",
  "texts",
  "notice_messages",
  "notice_told",
] as const;
