/**
 * The names around geosteer's zone, served by Knot DNS: the root; below it `example.com`, which delegates
 * `gtm.example.com` to geosteer; and two neighbours: `example.net`, where hosts that geosteer answers with live, and a
 * zone that geosteer delegates in turn. (BIND would do, but listens on an interface's own addresses only.)
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { dig } from "./dig.ts";
import { fileOf } from "./programs.ts";
import type { Scene } from "./scene.ts";

export interface Parent {
  /** Of the root's server. */
  readonly root: string;
  /** Of the server of example.com, example.net and child.gtm.example.com. */
  readonly address: string;
  /** In master-file text. */
  readonly hintsFile: string;
}

/** `nameservers`: geosteer's addresses, of ns1, ns2 and so on. */
export async function startParent(scene: Scene, nameservers: readonly string[]): Promise<Parent> {
  const root = scene.address(53, 1);
  const address = scene.address(53, 2);
  const second = scene.address(53, 3);
  const soa = "@ 3600 IN SOA ns1.example.com. hostmaster.example.com. 1 14400 3600 1209600 60\n";
  const own = `${soa}@ 3600 NS ns1.example.com.\n@ 3600 NS ns2.example.com.\n`;
  const glue = `ns1.example.com. 3600 A ${address}\nns2.example.com. 3600 A ${second}\n`;

  // zonemaster wants names for the addresses of nameservers.
  const reverse = nameservers.map((server, i) => {
    return `${server.split(".").toReversed().join(".")}.in-addr.arpa. 3600 PTR ns${i + 1}.gtm.example.com.\n`;
  });
  const delegation = nameservers.map((_, i) => `gtm 300 NS ns${i + 1}.gtm\n`);
  const delegationGlue = nameservers.map((server, i) => `ns${i + 1}.gtm 300 A ${server}\n`);
  await startKnot(scene, "root", [root], {
    ".": `. 3600 IN SOA a.root. hostmaster.root. 1 14400 3600 1209600 60
. 3600 NS a.root.
a.root. 3600 A ${root}
example.com. 3600 NS ns1.example.com.
example.com. 3600 NS ns2.example.com.
example.net. 3600 NS ns1.example.com.
example.net. 3600 NS ns2.example.com.
${glue}${reverse.join("")}`,
  });
  await startKnot(scene, "parent", [address, second], {
    "example.com.": [own, glue, ...delegation, ...delegationGlue, "www 300 A 192.0.2.200\n"].join(""),
    "example.net.": `${own}app 300 A 198.51.100.7\napp 300 AAAA 2001:db8:7::7\nmail 300 A 198.51.100.25\n`,
    "child.gtm.example.com.": `${own}www 300 A 192.0.2.99\n`,
  });
  const hintsFile = await scene.write("root.hints", `. 3600000 NS a.root.\na.root. 3600000 A ${root}\n`);
  return { root, address, hintsFile };
}

/** https://www.knot-dns.cz/docs/3.2/html/reference.html */
async function startKnot(
  scene: Scene,
  name: string,
  addresses: readonly string[],
  zones: Readonly<Record<string, string>>,
): Promise<void> {
  const folder = path.join(scene.folder, name);
  await mkdir(folder);
  for (const [zone, text] of Object.entries(zones)) await scene.write(path.join(name, `${zone}zone`), text);
  const file = await scene.write(
    `${name}.conf`,
    `server:
  rundir: ${folder}
  listen: [${addresses.map((address) => `${address}@53`).join(", ")}]
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
log:
  - target: stderr
    any: info
database:
  storage: ${folder}
template:
  - id: default
    storage: ${folder}
    file: "%s.zone"
    journal-content: none
zone:
${Object.keys(zones)
  .map((zone) => `  - domain: "${zone}"\n    file: "${zone}zone"\n`)
  .join("")}`,
  );
  const [zone] = Object.keys(zones);
  await scene.start(`${name} (knotd)`, fileOf("knotd"), ["-c", file], async () => {
    const reply = await dig(addresses[0]!, zone!, "SOA", "+time=1", "+tries=1");
    return reply.flags.has("aa");
  });
}
