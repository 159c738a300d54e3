/** What is asked of the state file: newest first, in pages. */
import type { ProbedStatus, Status } from "../../routing/health-view.ts";
import { OVERRIDE_ACTIONS, type Override, type OverrideAction } from "../override.ts";
import type { Connection, Row } from "./connection.ts";
import { lowestIdAt } from "./entry-ids.ts";
import type {
  AuditRecord,
  Changes,
  ArchivedGeneration,
  GenerationRecord,
  Kept,
  NoticeRows,
  Page,
  PageQuery,
  TargetRecord,
  TransitionQuery,
  TransitionRecord,
} from "./records.ts";

const PROBED_STATUSES: readonly ProbedStatus[] = ["online", "degraded", "checking"];
const PAGE = 100;
const LONGEST_PAGE = 1000;

export function readKept(connection: Connection): Kept {
  return {
    overrides: readOverrides(connection),
    targets: connection.all("SELECT * FROM targets").map(targetOf).filter(isDefined),
    alive: numberOf(connection.value("SELECT alive FROM life")),
    generation: numberOf(connection.value("SELECT max(number) FROM generations")),
  };
}

export function readOverrides(connection: Connection): readonly Override[] {
  return connection.all("SELECT * FROM overrides ORDER BY id").map(overrideOf).filter(isDefined);
}

export function readTransitions(connection: Connection, query: TransitionQuery): Page<TransitionRecord> {
  const { profile, endpoint } = query.subject === undefined ? {} : partsOf(query.subject);
  const conditions = ["id < ?", "id >= ?", "at >= ?"];
  const since = Math.max(0, query.since ?? 0);
  const values: (string | number)[] = [before(query), lowestIdAt(since), since];
  if (profile !== undefined) {
    conditions.push("profile = ?");
    values.push(profile);
  }
  if (endpoint !== undefined) {
    conditions.push("endpoint = ?");
    values.push(endpoint);
  }
  return page(query, (limit) =>
    connection.all(
      `SELECT * FROM transitions WHERE ${conditions.join(" AND ")} ORDER BY id DESC LIMIT ?`,
      ...values,
      limit,
    ),
  )((row) => ({
    at: Number(row["at"]),
    subject: row["endpoint"] === null ? textOf(row["profile"]) : `${textOf(row["profile"])}/${textOf(row["endpoint"])}`,
    from: row["from_status"] as Status,
    to: row["to_status"] as Status,
    reason: optional(row["reason"]),
  }));
}

export function readAudit(connection: Connection, query: PageQuery): Page<AuditRecord> {
  const rows = (limit: number): Row[] =>
    connection.all("SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?", before(query), limit);
  return page(
    query,
    rows,
  )((row) => ({
    id: Number(row["id"]),
    at: Number(row["at"]),
    who: textOf(row["who"]),
    from: textOf(row["source"]),
    what: textOf(row["what"]),
    result: textOf(row["result"]),
  }));
}

export function readGenerations(connection: Connection, query: PageQuery): Page<GenerationRecord> {
  const rows = (limit: number): Row[] =>
    connection.all(
      "SELECT *, number AS id FROM generations WHERE number < ? ORDER BY number DESC LIMIT ?",
      before(query),
      limit,
    );
  return page(query, rows)(generationOf);
}

export function readNotices(connection: Connection): NoticeRows {
  const messages = connection.all("SELECT * FROM notice_messages ORDER BY number");
  const told = connection.all("SELECT * FROM notice_told");
  return {
    messages: messages.map((row) => ({
      id: textOf(row["id"]),
      notice: textOf(row["notice"]),
      text: textOf(row["message"]),
    })),
    told: told.map((row) => ({
      notice: textOf(row["notice"]),
      subject: textOf(row["subject"]),
      text: textOf(row["told"]),
    })),
  };
}

/** The last one where no number is given. */
export function readGeneration(connection: Connection, number: number | undefined): ArchivedGeneration | undefined {
  const row =
    number === undefined
      ? connection.get("SELECT * FROM generations ORDER BY number DESC LIMIT 1")
      : connection.get("SELECT * FROM generations WHERE number = ?", number);
  if (row === undefined) return undefined;
  const generation = generationOf(row);
  const archive = connection.value("SELECT archive FROM texts WHERE hash = ?", generation.hash);
  return { ...generation, archive: archive instanceof Uint8Array ? archive : undefined };
}

/** `PROFILE/ENDPOINT` or `PROFILE`, whose names have no slash. */
export function partsOf(subject: string): { readonly profile: string; readonly endpoint: string | undefined } {
  const slash = subject.indexOf("/");
  if (slash < 0) return { profile: subject, endpoint: undefined };
  return { profile: subject.slice(0, slash), endpoint: subject.slice(slash + 1) };
}

/** Whether this is a cursor that a page has given. */
export function isCursor(after: string): boolean {
  return /^\d{1,16}$/.test(after);
}

function before({ after }: PageQuery): number {
  return after === undefined ? Number.MAX_SAFE_INTEGER : Number(after);
}

/** One row more than is wanted tells whether there is another page. */
function page({ limit = PAGE }: PageQuery, rows: (limit: number) => Row[]): <T>(item: (row: Row) => T) => Page<T> {
  const wanted = Math.min(Math.max(1, Math.trunc(limit)), LONGEST_PAGE);
  const found = rows(wanted + 1);
  const shown = found.slice(0, wanted);
  const next = found.length > wanted ? String(shown.at(-1)!["id"]) : undefined;
  return (item) => ({ items: shown.map(item), next });
}

function generationOf(row: Row): GenerationRecord {
  return {
    number: Number(row["number"]),
    at: Number(row["at"]),
    hash: textOf(row["hash"]),
    databases: JSON.parse(textOf(row["databases"])) as GenerationRecord["databases"],
    changes: row["changes"] === null ? undefined : (JSON.parse(textOf(row["changes"])) as Changes),
  };
}

/** Undefined: a row that this program has not written. */
function overrideOf(row: Row): Override | undefined {
  const action = row["action"] as OverrideAction;
  if (!OVERRIDE_ACTIONS.includes(action)) return undefined;
  return {
    id: Number(row["id"]),
    pattern: textOf(row["pattern"]),
    action,
    since: Number(row["since"]),
    until: numberOf(row["until"]),
    over: Number(row["over"]),
    reason: optional(row["reason"]),
    author: textOf(row["author"]),
  };
}

function targetOf(row: Row): TargetRecord | undefined {
  const status = row["status"] as ProbedStatus;
  if (!PROBED_STATUSES.includes(status)) return undefined;
  return {
    key: textOf(row["key"]),
    status,
    since: Number(row["since"]),
    failures: Number(row["failures"]),
    successes: Number(row["successes"]),
    lastFailure: optional(row["last_failure"]),
    recovered: numberOf(row["recovered"]),
    window: Number(row["window"]),
    returned: Number(row["returned"]) !== 0,
    flaps: Number(row["flaps"]),
  };
}

function textOf(value: Row[string] | undefined): string {
  return value as string;
}

function optional(value: Row[string] | undefined): string | undefined {
  return value === null ? undefined : textOf(value);
}

function numberOf(value: Row[string] | undefined): number | undefined {
  return value === null || value === undefined ? undefined : Number(value);
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
