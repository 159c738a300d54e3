import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseOpenFileLimit, probesWithin, readOpenFileLimit, tcpConnectionsWithin } from "../../src/app/open-files.ts";

describe("probesWithin", () => {
  test.for([
    ["a quarter of the limit", 1024, 256],
    ["at most 8,192", 1_048_576, 8192],
    ["8,192 without a limit", undefined, 8192],
  ] as const)("gives %s", ([, limit, wanted]) => {
    expect(probesWithin(limit)).toBe(wanted);
  });
});

describe("tcpConnectionsWithin", () => {
  const small = { addresses: 1, udpWorkers: 2 };
  test.for([
    ["all where there is room", 1_048_576, 4000, small, 4000],
    ["what the rest leaves: 25 + 5 threads of 5 + 3 sockets + 48 probes + 12 HTTP + 40", 192, 4000, small, 39],
    ["no more than are configured", 192, 10, small, 10],
    ["less beside more addresses", 192, 4000, { ...small, addresses: 2 }, 36],
    ["less beside more workers", 192, 4000, { ...small, udpWorkers: 3 }, 28],
    ["one at least, so that TCP is there", 64, 4000, small, 1],
  ] as const)("takes %s", ([, limit, connections, serving, wanted]) => {
    expect(tcpConnectionsWithin(limit, connections, serving)).toBe(wanted);
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
