import type { IncomingHttpHeaders } from "node:http";
import { expect, test } from "vitest";
import { isForeignPage } from "../../../src/admin/access/foreign-page.ts";

const host = "127.0.0.1:8053";

test.for<[method: string, headers: IncomingHttpHeaders, isForeign: boolean]>([
  ["GET", {}, false],
  ["POST", { host }, false],
  ["POST", { host, origin: "http://127.0.0.1:8053" }, false],
  ["POST", { host: "NS1.example:8053", origin: "https://ns1.example:8053" }, false],
  ["POST", { host: "ns1.example", origin: "https://ns1.example" }, false],
  ["POST", { host, origin: "http://127.0.0.1:3000" }, true],
  ["POST", { host, origin: "https://evil.example" }, true],
  ["GET", { host, origin: "https://evil.example" }, true],
  ["POST", { host, origin: "null" }, true],
  ["POST", { host, origin: "" }, true],
  ["POST", { origin: "http://127.0.0.1:8053" }, true],
  ["POST", { host, "sec-fetch-site": "same-origin" }, false],
  ["GET", { host, "sec-fetch-site": "none" }, false],
  ["POST", { host, "sec-fetch-site": "cross-site" }, true],
  ["GET", { host, "sec-fetch-site": "cross-site" }, true],
  ["POST", { host, "sec-fetch-site": "same-site" }, true],
  ["GET", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, false],
  ["POST", { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" }, true],
])("isForeignPage: %s %o is %s", ([method, headers, isForeign]) => {
  expect(isForeignPage(method, headers)).toBe(isForeign);
});
