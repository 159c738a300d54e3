/**
 * Loaded into a server by `--import`: it looks hosts up at the resolver in `GEOSTEER_TEST_RESOLVER`, `127.0.0.1:5353`, in
 * place of that of the machine, whose file has no ports. What asks is c-ares as ever.
 */
import { Resolver } from "node:dns";

const server = process.env["GEOSTEER_TEST_RESOLVER"];
const told = new WeakSet<Resolver>();

if (server !== undefined) {
  for (const method of ["resolve4", "resolve6"] as const) {
    const resolve = Resolver.prototype[method];
    Resolver.prototype[method] = function (this: Resolver, ...args: unknown[]): void {
      if (!told.has(this)) this.setServers([server]);
      told.add(this);
      Reflect.apply(resolve, this, args);
    } as typeof resolve;
  }
}
