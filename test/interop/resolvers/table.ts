import { bind } from "./bind.ts";
import { knotResolver } from "./knot-resolver.ts";
import { powerdnsRecursor } from "./powerdns-recursor.ts";
import type { Resolver } from "./resolver.ts";
import { unbound } from "./unbound.ts";

export const resolvers: readonly Resolver[] = [unbound, bind, knotResolver, powerdnsRecursor];
