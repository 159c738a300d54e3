/**
 * Asks everything as fast as it is answered, from before the server listens: what is not answered is sent again. Every
 * answer is judged by the question that it repeats, also one that comes twice or late.
 */
import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { readMessage } from "../support/read-message.ts";
import { questionKey, type Question } from "./questions.ts";

export interface Outcome {
  readonly answers: number;
  /** Right by a later database than the first alone: the server has loaded it. */
  readonly ofLater: number;
  /** Of a question that had been answered before. */
  readonly repeated: number;
  /** Those that came when their ID was another question's: who goes by IDs alone takes them for its answer. */
  readonly underAnothersId: number;
  /** Questions that were never answered. */
  readonly lost: number;
  readonly wrong: readonly string[];
}

export interface FloodOptions {
  readonly port: number;
  readonly questions: readonly Question[];
  /** Told how many answers have come, after each; returns how many of the databases the server may have read. */
  readonly onAnswer: (answers: number) => number;
}

/** Several, since the kernel spreads datagrams among workers by the sender's port. */
const SOCKETS = 8;
/** Questions of one socket that wait at the same time. */
const WINDOW = 48;
/** Milliseconds: before the first answer, and after. */
const PATIENCE = { first: 20, later: 500 };
/** Milliseconds without an answer after which there will be none. */
const LIMIT = 20_000;

interface Waiting {
  readonly question: Question;
  sent: number;
}

export async function flood({ port, questions, onAnswer }: FloodOptions): Promise<Outcome> {
  const byKey = new Map(questions.map((question) => [question.key, question]));
  const unanswered = new Set(byKey.keys());
  const wrong: string[] = [];
  const started = performance.now();
  let next = 0;
  let [answers, ofLater, repeated, underAnothersId] = [0, 0, 0, 0];
  let latest = started;
  let databases = 1;

  const judge = (packet: Buffer, waiting: ReadonlyMap<number, Waiting>): string | undefined => {
    const { id, rcode, question, answers: records, edns } = readMessage(packet);
    const key = questionKey(question?.name ?? "", edns?.ecs ?? "");
    const asked = byKey.get(key);
    const scope = Number(edns?.ecs?.split(" ")[2]);
    const address = records.at(-1)?.split(" ").at(-1) ?? "";
    const holder = waiting.get(id)?.question;
    if (holder !== undefined && holder !== asked) underAnothersId++;
    if (!unanswered.delete(key)) repeated++;
    const right = asked?.expected.slice(0, databases) ?? [];
    const found = right.findIndex((one) => one.scope === scope && one.addresses.includes(address));
    if (found > 0) ofLater++;
    if (rcode !== 0 || found < 0) {
      const wanted = right.map((one) => `${one.addresses.join(" or ")} scope ${one.scope}`).join(", or ");
      const when = `answer ${answers} after ${Math.round(performance.now() - started)} ms`;
      wrong.push(`${key}: RCODE ${rcode}, ${records.join(", ")} scope ${scope}, wanted ${wanted}; ${when}, ID ${id}`);
    }
    return key;
  };

  const openLine = async (): Promise<Line> => {
    const socket = createSocket("udp4");
    // Refused while nobody listens.
    socket.on("error", () => {});
    socket.connect(port, "127.0.0.1");
    await once(socket, "connect");
    const waiting = new Map<number, Waiting>();
    let id = Math.floor(next / SOCKETS) & 0xffff;
    const send = (id: number, one: Waiting): void => {
      const packet = Buffer.from(one.question.packet);
      packet.writeUInt16BE(id);
      one.sent = performance.now();
      socket.send(packet, () => {});
    };
    const fill = (): void => {
      while (waiting.size < WINDOW && next < questions.length) {
        do id = (id + 1) & 0xffff;
        while (waiting.has(id));
        const one = { question: questions[next++]!, sent: 0 };
        waiting.set(id, one);
        send(id, one);
      }
    };
    socket.on("message", (packet) => {
      latest = performance.now();
      answers++;
      const key = judge(packet, waiting);
      const id = packet.readUInt16BE();
      if (waiting.get(id)?.question.key === key) waiting.delete(id);
      fill();
      databases = onAnswer(answers);
    });
    fill();
    return {
      socket,
      sendAgain(patience) {
        const due = performance.now() - patience;
        for (const [id, one] of waiting) if (one.sent < due) send(id, one);
      },
    };
  };

  const lines = await Promise.all(Array.from({ length: SOCKETS }, openLine));
  while (unanswered.size > 0 && performance.now() - latest < LIMIT) {
    await delay(PATIENCE.first / 2);
    const patience = answers === 0 ? PATIENCE.first : PATIENCE.later;
    for (const line of lines) line.sendAgain(patience);
  }
  for (const { socket } of lines) socket.close();
  return { answers, ofLater, repeated, underAnothersId, lost: unanswered.size, wrong };
}

interface Line {
  readonly socket: Socket;
  sendAgain(patience: number): void;
}
