import { createSocket } from "node:dgram";
import { once } from "node:events";
import { expect, test } from "vitest";
import { withFreePort } from "../../../src/server/transports/free-port.ts";

test.for(["127.0.0.1", "0.0.0.0", "::1"])("withFreePort finds a port of %s that can be bound", async (host) => {
  const { port } = await withFreePort({ host, port: 0 });
  const socket = createSocket(host.includes(":") ? "udp6" : "udp4").bind(port, host);
  await once(socket, "listening");
  expect(socket.address().port).toBe(port);
  socket.close();
});

test("withFreePort leaves a port that is configured as it is", async () => {
  expect(await withFreePort({ host: "127.0.0.1", port: 53 })).toEqual({ host: "127.0.0.1", port: 53 });
});

test("withFreePort leaves an address that the machine does not have to whoever binds it", async () => {
  expect(await withFreePort({ host: "192.0.2.1", port: 0 })).toEqual({ host: "192.0.2.1", port: 0 });
});
