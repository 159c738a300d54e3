/** Knot Resolver 5: https://knot-resolver.readthedocs.io/en/v5.6.0/. It minimises names and mixes their case by itself. */
import type { Resolver } from "./resolver.ts";

export const knotResolver: Resolver = {
  name: "Knot Resolver",
  program: "kresd",
  async configure(scene, { address, hintsFile }) {
    const file = await scene.write(
      "kresd.conf",
      `net.ipv6 = false
net.listen('${address}', 53, { kind = 'dns' })
net.outgoing_v4('${address}')
trust_anchors.remove('.')
modules.unload('ta_update')
modules.unload('ta_signal_query')
modules.unload('detect_time_skew')
modules = { 'hints > iterate' }
hints.root_file('${hintsFile}')
option('ALLOW_LOCAL', true)
cache.size = 10 * MB
cache.min_ttl(0)
`,
    );
    return { args: ["-n", "-c", file, scene.folder] };
  },
};
