/** All cases, each with a name for its profile and its monitor. */
import type { Case } from "../case.ts";
import { compositeCases } from "./composites.ts";
import { dnsCases } from "./dns.ts";
import { grpcCases } from "./grpc.ts";
import { httpCases } from "./http.ts";
import { http2Cases } from "./http2.ts";
import { nameCases } from "./names.ts";
import { tcpCases } from "./tcp.ts";
import { tlsCases } from "./tls.ts";
import { toldCases } from "./told.ts";

export const cases: readonly Case[] = [
  ...httpCases,
  ...http2Cases,
  ...tlsCases,
  ...tcpCases,
  ...dnsCases,
  ...grpcCases,
  ...toldCases,
  ...nameCases,
  ...compositeCases,
];

/** A label of a name of DNS. */
export function idOf({ what }: Case): string {
  return what
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .slice(0, 55)
    .replace(/-$/, "");
}
