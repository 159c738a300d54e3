/** A command run against a server in this process: what it prints, and how it ends. */
import type { Desk, Ended } from "../../src/cli/remote/desk.ts";
import { createClient } from "../../src/cli/remote/http-client.ts";
import { parseServerAddress } from "../../src/cli/remote/server-address.ts";
import type { Screen } from "../../src/cli/text/screen.ts";
import { NOW } from "./control-data.ts";

/** A screen without colours. */
export function plainScreen(width?: number): Screen {
  return { width, paint: (_, text) => text };
}

export interface Printed {
  readonly text: string;
  readonly ended: Ended;
}

export interface DeskSettings {
  readonly json?: boolean;
  readonly width?: number;
  readonly token?: string;
}

export async function atServer(
  server: string,
  act: (desk: Desk) => Promise<Ended>,
  { json = false, width, token }: DeskSettings = {},
): Promise<Printed> {
  const address = parseServerAddress(server, "--server");
  if (!address.ok) throw new Error(address.error.message);
  const client = createClient({
    address: address.value,
    token: token === undefined ? undefined : { value: token, from: "GEOSTEER_TOKEN" },
  });
  let text = "";
  const print = (part: string): Promise<void> => {
    text += part;
    return Promise.resolve();
  };
  const ended = await act({ client, json, screen: plainScreen(width), print, now: () => NOW });
  return { text, ended };
}
