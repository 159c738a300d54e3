/** The desk's thread: what takes too long for the main thread. One job after the other. */
import { createTwoFilesPatch } from "diff";
import { parentPort } from "node:worker_threads";
import type { Answer, Explained, GenerationText } from "../../control/control.ts";
import { withSecretsHidden } from "../../config/hidden-headers.ts";
import type { Snapshot } from "../../routing/snapshot.ts";
import { readSnapshot } from "../../server/threads/posted-snapshot.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { viewStateTable } from "../../state/state-table.ts";
import { explainName } from "../explain-name.ts";
import { readArchive } from "../load/source-archive.ts";
import type { DeskJob, DiffSide, FromDesk, ToDesk } from "./desk-messages.ts";

/** Characters of all texts of a generation that are shown. */
const MOST_TEXT = 4 * 2 ** 20;

/** Lines that two texts may differ in: finding a way between them takes time by its square. */
const MOST_EDITS = 20_000;

let known: { readonly generation: number; readonly snapshot: Snapshot } | undefined;

parentPort!.on("message", ({ id, job }: ToDesk) => {
  parentPort!.postMessage({ id, answer: done(job) } satisfies FromDesk);
});

function done(job: DeskJob): Answer<unknown> {
  if (job.kind === "explain") return explained(job);
  return job.kind === "text" ? textsOf(job.archive) : difference(job.from, job.to);
}

function explained({ tables, question }: Extract<DeskJob, { kind: "explain" }>): Answer<Explained> {
  const { generation, snapshot: posted, names, table, states, dns } = tables;
  if (known?.generation !== generation) known = { generation, snapshot: readSnapshot(posted) };
  const config = { snapshot: known.snapshot, settings: { dns } };
  const asked = { ...question, resolver: question.resolver };
  const found = explainName({ config, names, table, health: viewStateTable(states) }, asked);
  if (found.ok) return ok({ name: question.name, generation, ...found.value });
  const [problem] = found.error;
  const code = problem!.code === "unknown-name" ? "unknown-name" : "unknown-endpoint";
  return err({ code, message: problem!.message });
}

type Texts = GenerationText["files"];

function textsOf(archive: Uint8Array): Answer<Texts> {
  const read = unpacked(archive);
  if (!read.ok) return err({ code: "unknown-generation", message: read.error });
  const size = read.value.reduce((sum, { text }) => sum + text.length, 0);
  if (size <= MOST_TEXT) return ok(read.value);
  const message = `its files have ${Math.ceil(size / 2 ** 20)} MiB, more than can be shown; they are in the state file, as gzip`;
  return err({ code: "unknown-generation", message });
}

function difference(from: DiffSide, to: DiffSide): Answer<string> {
  const [before, after] = [unpacked(from.archive), unpacked(to.archive)];
  if (!before.ok) return err({ code: "unknown-generation", message: before.error });
  if (!after.ok) return err({ code: "unknown-generation", message: after.error });
  const texts = (all: Texts) => new Map(all.map(({ file, text }) => [file, text]));
  const [old, now] = [texts(before.value), texts(after.value)];
  let all = "";
  for (const file of new Set([...old.keys(), ...now.keys()])) {
    const [was = "", is = ""] = [old.get(file), now.get(file)];
    if (was === is) continue;
    const heads = [`generation ${from.generation}`, `generation ${to.generation}`] as const;
    const options = {
      maxEditLength: MOST_EDITS,
      headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
    };
    const patch = createTwoFilesPatch(file, file, was, is, ...heads, options);
    all += patch ?? `--- ${file}\t${heads[0]}\n+++ ${file}\t${heads[1]}\nthe two differ in too much to be told\n`;
    if (all.length > MOST_TEXT)
      return err({ code: "unknown-generation", message: "they differ in more than can be shown" });
  }
  return ok(all);
}

function unpacked(archive: Uint8Array): Result<Texts, string> {
  const read = readArchive(archive);
  if (!read.ok) return err(`its files cannot be read: ${read.error}`);
  return ok(
    read.value.map(({ file, octets }) => ({ file, text: withSecretsHidden(new TextDecoder().decode(octets)) })),
  );
}
