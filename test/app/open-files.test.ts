import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseOpenFileLimit, readOpenFileLimit, tcpConnectionsWithin } from "../../src/app/open-files.ts";

describe("tcpConnectionsWithin", () => {
  const small = { openFiles: 120, addresses: 1, udpWorkers: 2, probed: 1 };
  test.for([
    ["all where there is room", 4000, { openFiles: 1_048_576 }, 4000],
    ["what the rest leaves: 25 + 5 threads of 5 + 3 sockets + 1 probe + 32", 4000, {}, 34],
    ["no more than are configured", 10, {}, 10],
    ["less beside more addresses", 4000, { addresses: 2 }, 31],
    ["less beside more workers", 4000, { udpWorkers: 3 }, 23],
    ["less beside more probes", 4000, { probed: 11 }, 24],
    ["no less for more probes than run at a time", 4000, { openFiles: 4096, probed: 10_000 }, 1963],
    ["one at least, so that TCP is there", 4000, { openFiles: 64 }, 1],
  ] as const)("takes %s", ([, connections, given, wanted]) => {
    expect(tcpConnectionsWithin(connections, { ...small, ...given })).toBe(wanted);
  });
});

describe("parseOpenFileLimit", () => {
  const line = (soft: string) => `Limit                     Soft Limit           Hard Limit           Units     
Max processes             7785                 7785                 processes 
Max open files            ${soft.padEnd(20)} 524288               files     
Max locked memory         8388608              8388608              bytes     
`;
  test.for([
    ["the soft limit", line("1024"), 1024],
    ["none where there is none", line("unlimited"), undefined],
    ["none in another text", "", undefined],
  ] as const)("finds %s", ([, text, wanted]) => {
    expect(parseOpenFileLimit(text)).toBe(wanted);
  });
});

test.runIf(existsSync("/proc/self/limits"))("readOpenFileLimit reads that of this process", () => {
  expect(readOpenFileLimit()).toBeGreaterThan(10);
});
