/** Over gRPC: servers by grpc-js, and some that are none. */
import { Server, ServerCredentials, status } from "@grpc/grpc-js";
import { bindGrpc, grpcServer } from "../../health/fixtures/grpc-server.ts";
import { FLOODS, flooding } from "../../health/fixtures/http2-floods.ts";
import { issued, issuedKey } from "../../health/fixtures/issued-certificates.ts";
import { saying } from "../../health/fixtures/misbehaving.ts";
import { casesOf, down, UP, type Case } from "../case.ts";
import { CLOSED, type Stage } from "../stage.ts";

const grpc = casesOf("grpc");

const by =
  (create: () => Server, credentials = ServerCredentials.createInsecure()) =>
  (stage: Stage, address: string): Promise<number> => {
    const server = create();
    stage.atEnd(() => server.forceShutdown());
    return bindGrpc(server, credentials, address);
  };
const serving = (services: Parameters<typeof grpcServer>[0]) => by(() => grpcServer(services));
const pair = { cert_chain: Buffer.from(issued), private_key: Buffer.from(issuedKey) };
const secure = by(() => grpcServer({ "": "SERVING" }), ServerCredentials.createSsl(null, [pair]));
const VERIFIED = { tls: true, verifyCertificate: true, serverName: "shop.example.com" };

export const grpcCases: readonly Case[] = [
  grpc("serving", serving({ "": "SERVING" }), {}, UP),
  grpc(
    "a service that is serving",
    serving({ "": "NOT_SERVING", "shop.Cart": "SERVING" }),
    { service: "shop.Cart" },
    UP,
  ),
  grpc("over TLS", secure, { ...VERIFIED, ca: "authority.pem" }, UP),
  grpc("over TLS of an unknown authority", secure, VERIFIED, down("tls", /^TLS handshake failed/)),
  grpc("over TLS, asked without", secure, {}, { status: "degraded", outcome: "reset", reason: /./ }),
  grpc("not serving", serving({ "": "NOT_SERVING" }), {}, down("status", "NOT_SERVING, wanted SERVING")),
  grpc(
    "an unknown service",
    serving({ "": "SERVING" }),
    { service: "shop.Cart" },
    down("status", "gRPC NOT_FOUND: the service is not known there"),
  ),
  grpc("unavailable", serving({ "": { code: status.UNAVAILABLE } }), {}, down("status", "gRPC UNAVAILABLE")),
  grpc(
    "no health service",
    by(() => new Server()),
    {},
    down("status", "gRPC UNIMPLEMENTED: the server has no grpc.health.v1.Health"),
  ),
  grpc("hanging", serving({ "": "hangs" }), {}, down("timeout", "connected, but no response within 1000 ms")),
  grpc(
    "an HTTP/1 server",
    (stage, address) =>
      stage.listen(
        saying((socket) => void socket.write("HTTP/1.1 400 Bad Request\r\n\r\n")),
        address,
      ),
    {},
    down("protocol", "not HTTP/2"),
  ),
  grpc("nothing listens", () => CLOSED, {}, down("refused", "connection refused")),
  ...FLOODS.map(([what, first, again]): Case =>
    grpc(
      `an endless flood of ${what}`,
      (stage, address) => stage.listen(flooding(first, again), address),
      {},
      { status: "degraded", outcome: "protocol", reason: /./ },
    ),
  ),
];
