/**
 * What a monitor wants of an HTTP answer: its status, its body, and the load that it tells. A reason quotes nothing of the
 * answer but the status. Rules that look at the body are made once for a monitor.
 */
import { parseJsonPath, type JsonPath } from "../../patterns/json-path.ts";
import { parseTextPattern, type TextPattern } from "../../patterns/text-pattern.ts";
import type { HttpMonitor } from "../monitoring.ts";
import { withinTime } from "./bounded-work.ts";
import type { HttpAnswer, HttpBody, Wanted } from "./http-message.ts";
import { isRedirect } from "./http-redirect.ts";
import { loadFromText, loadFromValue } from "./load-reading.ts";
import { orcaLoad, ORCA_HEADER } from "./orca.ts";
import type { ProbeFailure, ProbeVerdict } from "./probe.ts";

export interface HttpRules {
  readonly wanted: Wanted;
  /** Whether an answer's body may have to be read. */
  readonly readsBody: boolean;
  readonly judge: (answer: HttpAnswer) => ProbeVerdict;
}

const rulesByMonitor = new WeakMap<HttpMonitor, HttpRules>();

export function rulesOf(monitor: HttpMonitor): HttpRules {
  const known = rulesByMonitor.get(monitor);
  if (known !== undefined) return known;
  const rules = createRules(monitor);
  rulesByMonitor.set(monitor, rules);
  return rules;
}

function createRules(monitor: HttpMonitor): HttpRules {
  const { expectedStatus, contains, load, followRedirects, readAtMost } = monitor;
  const isExpected = (status: number): boolean => expectedStatus.some(([low, high]) => low <= status && status <= high);
  const ofText = contains === undefined ? undefined : Buffer.from(contains);
  const ofPattern = monitor.matches === undefined ? undefined : patternRule(monitor.matches);
  const ofJson = jsonRule(monitor);
  const loadPath = load?.kind === "json" ? pathOf(load.path) : undefined;
  const needsEnd = ofPattern !== undefined || ofJson !== undefined || loadPath !== undefined;
  const readsBody = needsEnd || ofText !== undefined;
  return {
    readsBody,
    wanted: {
      fields: readsBody || followRedirects || load !== undefined,
      bodyOf: (status, fields) =>
        readsBody && isExpected(status) && !(followRedirects && isRedirect({ status, fields })),
      atMost: readAtMost,
      createIsEnough: needsEnd || ofText === undefined ? () => () => false : () => createFinder(ofText),
    },
    judge({ status, fields, body }) {
      if (!isExpected(status)) return statusFailure(status, expectedStatus);
      if (ofText !== undefined && body?.octets.includes(ofText) !== true)
        return bodyFailure("without the text wanted", body);
      const failure = ofPattern?.(body) ?? ofJson?.(body);
      if (failure !== undefined) return failure;
      const reading = load && readLoad(load, { fields, body }, loadPath);
      return reading === undefined ? { ok: true } : { ok: true, load: reading };
    },
  };
}

function statusFailure(status: number, expected: HttpMonitor["expectedStatus"]): ProbeFailure {
  const wanted = expected.map(([low, high]) => (low === high ? low : `${low}-${high}`)).join(", ");
  return { ok: false, code: "status", reason: `status ${status}, wanted ${wanted}` };
}

function bodyFailure(what: string, body: HttpBody | undefined): ProbeFailure {
  const size = body === undefined || body.isWhole ? "" : ` in its first ${body.octets.length} octets`;
  return { ok: false, code: "body", reason: `a body ${what}${size}` };
}

/** Nothing is said of the endpoint: its answer was not looked at to the end. */
const LATE: ProbeFailure = { ok: false, code: "not-probed", reason: "a body that takes too long to look at" };
/** A load refuses such monitors (`config/checks/patterns.ts`). */
const UNREADABLE: ProbeFailure = {
  ok: false,
  code: "not-probed",
  reason: "a pattern of the monitor that cannot be read",
};

/** Whether a text comes, in parts. */
function createFinder(text: Buffer): (part: Uint8Array) => boolean {
  let tail: Uint8Array = new Uint8Array();
  return (part) => {
    const seen = Buffer.concat([tail, part]);
    tail = seen.subarray(Math.max(0, seen.length - text.length + 1));
    return seen.includes(text);
  };
}

type BodyRule = (body: HttpBody | undefined) => ProbeFailure | undefined;

/** Characters times instructions: some 10 ms where the pattern is as bad as can be. */
const SMALL = 50_000;

function patternRule(expression: string): BodyRule {
  const parsed = parseTextPattern(expression);
  if (!parsed.ok) return () => UNREADABLE;
  let pattern: TextPattern = parsed.value;
  return (body) => {
    const text = textOf(body);
    const look = (): boolean => pattern.isIn(text);
    const isIn = text.length * pattern.size <= SMALL ? look() : withinTime(look);
    if (isIn === true) return undefined;
    if (isIn === false) return bodyFailure("that does not match", body);
    // What was broken off may be left half done.
    const again = parseTextPattern(expression);
    if (again.ok) pattern = again.value;
    return LATE;
  };
}

function textOf(body: HttpBody | undefined): string {
  return body === undefined ? "" : utf8.decode(body.octets);
}

/** What is no UTF-8 becomes replacement characters, a byte order mark nothing. */
const utf8 = new TextDecoder();

function pathOf(text: string): JsonPath | undefined {
  const parsed = parseJsonPath(text);
  return parsed.ok ? parsed.value : undefined;
}

function jsonRule({ json }: HttpMonitor): BodyRule | undefined {
  if (json === undefined) return undefined;
  const path = pathOf(json.path);
  if (path === undefined) return () => UNREADABLE;
  const { equals } = json;
  const isWanted = (value: unknown): boolean => equals === undefined || value === equals;
  return (body) => {
    const values = selectedIn(body, path);
    if (values === "late") return LATE;
    if (values === undefined) return bodyFailure("that is no JSON", body);
    if (values.length === 0) return bodyFailure("of JSON in which the path selects nothing", body);
    return values.some(isWanted) ? undefined : bodyFailure("of JSON in which the path selects no such value", body);
  };
}

/** What the path selects; undefined = the body is no JSON, or nested too deep. */
function selectedIn(body: HttpBody | undefined, path: JsonPath): readonly unknown[] | "late" | undefined {
  const text = textOf(body);
  const select = (): readonly unknown[] | undefined => {
    try {
      return [...path.selected(JSON.parse(text))];
    } catch {
      return undefined;
    }
  };
  return path.isSingular ? select() : withinTime(select);
}

function readLoad(
  source: NonNullable<HttpMonitor["load"]>,
  { fields, body }: Pick<HttpAnswer, "fields" | "body">,
  path: JsonPath | undefined,
): number | undefined {
  if (source.kind === "orca") return orcaLoad(fields.get(ORCA_HEADER), source.metric);
  if (source.kind === "header") return loadFromText(fields.get(source.name.toLowerCase()));
  const values = path && selectedIn(body, path);
  return values === undefined || values === "late" ? undefined : loadFromValue(values[0]);
}
