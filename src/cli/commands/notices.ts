/** `geosteer notices`: the webhooks of a server, and a test message to one or all of them. */
import type { NoticeStatus, NoticeTest } from "../../control/control.ts";
import { ok } from "../../shared/result.ts";
import { EXIT } from "../exit-codes.ts";
import type { Desk, Ended } from "../remote/desk.ts";
import { type Column, createTable } from "../text/table-text.ts";
import { ageText } from "../text/time-text.ts";
import { visible } from "../text/visible.ts";

interface List {
  readonly items: readonly NoticeStatus[];
}

export async function listNotices({ client, json, screen, print, now }: Desk): Promise<Ended> {
  const found = await client.ask<List>("GET", "/notices");
  if (!found.ok) return found;
  const { items } = found.value;
  if (json) await print(`${JSON.stringify(items, null, 2)}\n`);
  else if (items.length === 0) await print("no notices are configured\n");
  else await print(createTable(columns(now()), screen).rows(items));
  return ok(EXIT.done);
}

function columns(now: number): readonly Column<NoticeStatus>[] {
  return [
    { title: "NOTICE", cell: ({ notice }) => notice, least: 8 },
    { title: "FORMAT", cell: ({ format }) => format, spare: 2 },
    { title: "TO", cell: ({ to }) => to, least: 16, spare: 1 },
    { title: "QUEUED", cell: ({ queued }) => String(queued), align: "right" },
    { title: "DELIVERED", cell: ({ delivered }) => String(delivered), align: "right" },
    { title: "DROPPED", cell: ({ dropped }) => String(dropped), align: "right", spare: 3 },
    {
      title: "STATE",
      cell: (row) => stateText(row, now),
      style: (row) => (isWell(row) ? undefined : "red"),
      least: 20,
    },
  ];
}

function isWell({ failingSince, gone }: NoticeStatus): boolean {
  return failingSince === undefined && !gone;
}

function stateText({ failingSince, lastError, lastDelivered, gone }: NoticeStatus, now: number): string {
  if (gone) return "stopped: its receiver wants no more (410)";
  if (failingSince !== undefined)
    return `failing for ${ageText(failingSince, now)}: ${lastError ?? "no reason is told"}`;
  return lastDelivered === undefined ? "nothing was sent yet" : `delivered ${ageText(lastDelivered, now)} ago`;
}

/** Milliseconds; the one that is under way goes first, and neither takes more than a minute. */
const PATIENCE = 150_000;

/** One or all; fails where one was not taken. */
export async function testNotices({ client, json, screen, print }: Desk, name: string | undefined): Promise<Ended> {
  let names = name === undefined ? [] : [name];
  if (name === undefined) {
    const found = await client.ask<List>("GET", "/notices");
    if (!found.ok) return found;
    names = found.value.items.map(({ notice }) => notice);
    if (names.length === 0 && !json) await print("no notices are configured\n");
  }
  const tests: NoticeTest[] = [];
  for (const one of names) {
    const path = `/notices/${encodeURIComponent(one)}/test` as const;
    const tested = await client.ask<NoticeTest>("POST", path, { body: {}, patience: PATIENCE });
    if (!tested.ok) return tested;
    tests.push(tested.value);
    if (!json) await print(`${testText(tested.value, screen)}\n`);
  }
  if (json) await print(`${JSON.stringify(tests, null, 2)}\n`);
  return ok(tests.every((test) => test.ok) ? EXIT.done : EXIT.failed);
}

function testText({ notice, ok: isTaken, status, milliseconds, reason }: NoticeTest, screen: Desk["screen"]): string {
  const found = isTaken
    ? screen.paint("green", `delivered, status ${status}`)
    : screen.paint("red", `not delivered: ${visible(reason ?? "no reason is told")}`);
  return `${visible(notice)}: ${found}, after ${Math.round(milliseconds)} ms`;
}
