/** PowerDNS Recursor 4: https://doc.powerdns.com/recursor/settings.html. */
import type { Resolver } from "./resolver.ts";

export const powerdnsRecursor: Resolver = {
  name: "PowerDNS Recursor",
  program: "pdns_recursor",
  async configure(scene, { address, hintsFile, clientSubnets }) {
    const subnets = `edns-subnet-allow-list=0.0.0.0/0
ecs-add-for=127.0.0.0/8
use-incoming-edns-subnet=yes
`;
    await scene.write(
      "recursor.conf",
      `local-address=${address}
local-port=53
query-local-address=${address}
allow-from=127.0.0.0/8
dont-query=
hint-file=${hintsFile}
dnssec=off
qname-minimization=yes
daemon=no
write-pid=no
socket-dir=${scene.folder}
threads=1
disable-packetcache=yes
minimum-ttl-override=0
security-poll-suffix=
serve-rfc1918=no
etc-hosts-file=
${clientSubnets ? subnets : ""}`,
    );
    return { args: [`--config-dir=${scene.folder}`] };
  },
};
