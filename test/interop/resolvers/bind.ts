/** BIND: https://bind9.readthedocs.io/en/v9.18.0/reference.html. With strict QNAME minimisation and cookies. */
import type { Resolver } from "./resolver.ts";
import { freePort } from "../../support/free-port.ts";

export const bind: Resolver = {
  name: "BIND",
  program: "named",
  async configure(scene, { address, hintsFile }) {
    const port = await freePort();
    const file = await scene.write(
      "bind.conf",
      `options {
  directory "${scene.folder}";
  pid-file none;
  session-keyfile none;
  listen-on port ${port} { 127.0.0.1; };
  listen-on-v6 { none; };
  query-source address ${address};
  recursion yes;
  allow-query { any; };
  allow-recursion { any; };
  dnssec-validation no;
  qname-minimization strict;
  empty-zones-enable no;
};
controls { };
zone "." { type hint; file "${hintsFile}"; };
`,
    );
    // -4: the root's server has no other address.
    const args = ["-g", "-4", "-X", "none", "-n", "1", "-c", file];
    // An interface has to have the address, and of loopback only this one is sure to be there.
    return { args, listen: `127.0.0.1:${port}` };
  },
};
