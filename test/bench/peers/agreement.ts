/** Whether all servers send the same clients to the same endpoints: without that, their figures say nothing. */
import { createAsker } from "./asker.ts";
import type { RunningServer } from "./run-server.ts";

export interface Agreement {
  readonly asked: number;
  /** One for each subnet on which not all agree. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  /** Octets of the client subnet. */
  readonly subnet: string;
  /** By name of the server. */
  readonly answers: Readonly<Record<string, string>>;
}

const SAMPLE = 500;

export async function checkAgreement(
  servers: readonly RunningServer[],
  queries: readonly Uint8Array[],
): Promise<Agreement> {
  // Not every n-th, which would be of one family.
  const sample = queries.slice(0, SAMPLE);
  const columns = await Promise.all(servers.map(async (server) => ({ server, answers: await ask(server, sample) })));
  const differences = sample.flatMap((query, i) => {
    const answers = Object.fromEntries(columns.map(({ server, answers }) => [server.kind.name, answers[i]!]));
    return new Set(Object.values(answers)).size === 1 ? [] : [{ subnet: subnetText(query), answers }];
  });
  return { asked: sample.length, differences };
}

async function ask(server: RunningServer, queries: readonly Uint8Array[]): Promise<readonly string[]> {
  const asker = await createAsker(server);
  try {
    const answers: string[] = [];
    for (const query of queries) answers.push((await asker.ask(query)).address);
    return answers;
  } finally {
    asker.close();
  }
}

/** The option at the end of the query: its data have a length in front, and begin with family and prefix length. */
function subnetText(query: Uint8Array): string {
  for (const octets of [3, 6, 7]) {
    const at = query.length - octets;
    if (query[at - 5] !== octets + 4) continue;
    const data = [...query.subarray(at)];
    const address =
      query[at - 3] === 1
        ? `${data.join(".")}.0`
        : `${Buffer.from(data)
            .toString("hex")
            .match(/.{1,4}/g)!
            .join(":")}::`;
    return `${address}/${query[at - 2]}`;
  }
  return Buffer.from(query).toString("hex");
}
