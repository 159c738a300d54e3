/** Unbound: unbound.conf(5). With 0x20 and strict QNAME minimisation, which servers must stand. */
import path from "node:path";
import type { Resolver } from "./resolver.ts";

export const unbound: Resolver = {
  name: "Unbound",
  program: "unbound",
  async configure(scene, { address, hintsFile, clientSubnets }) {
    const subnets = `
  send-client-subnet: 127.0.0.0/8
  client-subnet-always-forward: yes
  max-client-subnet-ipv4: 24
  max-client-subnet-ipv6: 56`;
    const file = await scene.write(
      "unbound.conf",
      `server:
  directory: "${scene.folder}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  interface: ${address}
  outgoing-interface: ${address}
  do-ip6: no
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  num-threads: 1
  extended-statistics: yes
  root-hints: "${hintsFile}"
  use-caps-for-id: yes
  qname-minimisation: yes
  qname-minimisation-strict: yes
  cache-min-ttl: 0
  infra-host-ttl: 1
  module-config: "${clientSubnets ? "subnetcache " : ""}iterator"${clientSubnets ? subnets : ""}
remote-control:
  control-enable: yes
  control-interface: "${controlSocket(scene.folder)}"
  control-use-cert: no
`,
    );
    return { args: ["-d", "-p", "-c", file] };
  },
};

export function controlSocket(folder: string): string {
  return path.join(folder, "unbound.socket");
}
