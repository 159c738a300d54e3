/** Clients behind resolvers notice an endpoint that goes down, and one that comes back, after a probe and a TTL. */
import { describe, expect, test } from "vitest";
import { startBackend } from "../support/backend.ts";
import { fullName } from "./every-kind-of-name.ts";
import { startResolver } from "./resolvers/start-resolver.ts";
import { resolvers } from "./resolvers/table.ts";
import { dig } from "./scene/dig.ts";
import { nameserverAddresses, startGeosteer } from "./scene/geosteer.ts";
import { has } from "./scene/has.ts";
import { startParent } from "./scene/parent.ts";
import { useScene, type Scene } from "./scene/scene.ts";

/** Milliseconds: TTL 1 s, interval 1 s, time-out 0.9 s, and a second for two cores that do all of this. */
const NOTICED = 1000 + 1000 + 900 + 1000;

/** Milliseconds. Unbound keeps a SERVFAIL for 5 s, whatever the server says. */
const FAILURE_FORGOTTEN = 5000 + NOTICED;

interface Ports {
  readonly primary: number;
  readonly backup: number;
}

function config(scene: Scene, { primary, backup }: Ports): string {
  const [ns1, ns2] = nameserverAddresses(scene);
  return `zones:
  gtm.example.com:
    nameservers: [ns1.gtm.example.com, ns2.gtm.example.com]
    soa: { minimum: 1s }
    records:
      ns1: { A: ${ns1} }
      ns2: { A: ${ns2} }
monitors:
  quick: { protocol: http, interval: 1s, timeout: 900ms, toleratedFailures: 0, recoverAfter: 1 }
profiles:
  app:
    names: [app.gtm.example.com]
    method: priority
    ttl: 1s
    monitor: quick
    endpoints:
      primary: { address: 192.0.2.1, probe: "127.0.0.1:${primary}" }
      backup: { host: backup.gtm.example.com, probe: "127.0.0.1:${backup}" }
  backup:
    names: [backup.gtm.example.com]
    method: priority
    ttl: 1s
    endpoints: { only: { address: 192.0.2.2 } }
  silent:
    names: [silent.gtm.example.com]
    method: priority
    whenAllDown: nodata
    ttl: 1s
    monitor: quick
    endpoints: { only: { address: 192.0.2.3, probe: "127.0.0.1:${primary}" } }
  failing:
    names: [failing.gtm.example.com]
    method: priority
    whenAllDown: servfail
    ttl: 1s
    monitor: quick
    endpoints: { only: { address: 192.0.2.4, probe: "127.0.0.1:${primary}" } }
`;
}

for (const resolver of resolvers) {
  describe.runIf(has(resolver.program))(`fail-over behind ${resolver.name}`, () => {
    const cast = useScene(async (scene) => {
      const primary = await startBackend();
      scene.atEnd(() => primary.stop());
      const backup = await startBackend();
      scene.atEnd(() => backup.stop());
      const parent = await startParent(scene, nameserverAddresses(scene));
      await startGeosteer(scene, config(scene, { primary: primary.port, backup: backup.port }));
      return { primary, address: await startResolver(scene, resolver, parent) };
    });

    const UP = ["app: NOERROR A 192.0.2.1", "silent: NOERROR A 192.0.2.3", "failing: NOERROR A 192.0.2.4"];

    async function answers(): Promise<string[]> {
      const replies = ["app", "silent", "failing"].map(async (name) => {
        const { status, answer } = await dig(cast().address, fullName(name), "A");
        return `${name}: ${status} ${answer.join(", ")}`.trimEnd();
      });
      return Promise.all(replies);
    }

    test("an endpoint that goes down is left, and taken again when it is back", async () => {
      // The first probe may have been too slow on a machine that starts a dozen servers.
      await expect.poll(answers, { timeout: NOTICED }).toEqual(UP);
      await cast().primary.stop();
      await expect
        .poll(answers, { timeout: NOTICED })
        .toEqual(["app: NOERROR CNAME backup.gtm.example.com., A 192.0.2.2", "silent: NOERROR", "failing: SERVFAIL"]);
      await cast().primary.start();
      await expect.poll(async () => (await answers()).slice(0, 2), { timeout: NOTICED }).toEqual(UP.slice(0, 2));
      await expect.poll(answers, { timeout: FAILURE_FORGOTTEN }).toEqual(UP);
    });
  });
}
