/** Asks with dig, and reads what it prints: the names of its sections, and records in master-file text. */
import { run } from "./scene.ts";

export interface Reply {
  /** NOERROR, NXDOMAIN, …; undefined = no answer. */
  readonly status: string | undefined;
  readonly flags: ReadonlySet<string>;
  /** As the server returned it: `NAME CLASS TYPE`. */
  readonly question: string;
  /** `TYPE DATA`, in the order of the message. */
  readonly answer: readonly string[];
  readonly authority: readonly string[];
  readonly additional: readonly string[];
  /** Seconds, of the first answer. */
  readonly ttl: number | undefined;
  /** Of the answers, in their order. */
  readonly owners: readonly string[];
  /** The lines of the OPT record, without `; `. */
  readonly edns: readonly string[];
  /** All that dig printed. */
  readonly text: string;
}

/** `server`: ADDRESS or ADDRESS:PORT. The rest are dig's arguments: name, type, `+subnet=…`, `-b`. */
export async function dig(server: string, ...args: readonly string[]): Promise<Reply> {
  const [address, port = "53"] = server.split(":");
  const { stdout, stderr } = await run("dig", ["-r", `@${address}`, "-p", port, "+nosplit", "+time=3", ...args]);
  return readReply(`${stdout}${stderr}`);
}

function readReply(text: string): Reply {
  const answer = records(section(text, "ANSWER SECTION"));
  return {
    status: /status: (\w+),/.exec(text)?.[1],
    flags: new Set(/^;; flags: ([^;]*);/m.exec(text)?.[1]?.split(" ")),
    question: section(text, "QUESTION SECTION").slice(1).trim().replaceAll(/\s+/g, " "),
    answer: answer.map(({ data }) => data),
    authority: records(section(text, "AUTHORITY SECTION")).map(({ data }) => data),
    additional: records(section(text, "ADDITIONAL SECTION")).map(({ data }) => data),
    ttl: answer[0]?.ttl,
    owners: answer.map(({ owner }) => owner),
    edns: section(text, "OPT PSEUDOSECTION")
      .split("\n")
      .map((line) => line.replace(/^; ?/, "")),
    text,
  };
}

function section(text: string, name: string): string {
  const start = `;; ${name}:\n`;
  const from = text.indexOf(start);
  if (from === -1) return "";
  const rest = text.slice(from + start.length);
  const end = rest.search(/^$|^;; /m);
  return rest.slice(0, end === -1 ? undefined : end).trimEnd();
}

interface Row {
  readonly owner: string;
  readonly ttl: number;
  readonly data: string;
}

function records(text: string): readonly Row[] {
  return text.split("\n").flatMap((line) => {
    const [, owner, ttl, type, data] = /^(\S+)\s+(\d+)\s+(?:IN|CH)\s+(\S+)\s+(.*)$/.exec(line) ?? [];
    return owner === undefined ? [] : [{ owner, ttl: Number(ttl), data: `${type} ${data}` }];
  });
}
