import { expect, test } from "vitest";
import { isHostAllowed } from "../../src/admin/host-names.ts";

const NAMES = ["geosteer.monitoring.svc", "ns1"];

test.for<[host: string | undefined, allowed: boolean]>([
  ["127.0.0.1", true],
  ["127.0.0.1:8053", true],
  ["[::1]:8053", true],
  ["[::1]", true],
  ["192.0.2.1:80", true],
  ["[2001:db8::1]", true],
  ["localhost", true],
  ["localhost:8053", true],
  ["LOCALHOST.", true],
  ["geosteer.localhost:8053", true],
  ["geosteer.monitoring.svc", true],
  ["Geosteer.Monitoring.SVC:8053", true],
  ["geosteer.monitoring.svc.", true],
  ["ns1:8053", true],
  // HTTP/1.0, as simple health checks speak it.
  [undefined, true],
  ["", true],
  ["evil.example", false],
  ["evil.example:8053", false],
  ["127.0.0.1.evil.example", false],
  ["127.0.0.1.nip.io:8053", false],
  ["localhost.evil.example", false],
  ["evillocalhost", false],
  ["evil.example/127.0.0.1", false],
  ["evil.example@127.0.0.1", false],
  ["127.1", false],
  ["[127.0.0.1", false],
  ["svc", false],
  ["monitoring.svc", false],
  ["x.geosteer.monitoring.svc", false],
])("isHostAllowed: %s is %s", ([host, allowed]) => {
  expect(isHostAllowed(host, NAMES)).toBe(allowed);
});
