/** The sockets of batched UDP, where the machine has it: one of each address for each worker, opened and closed here. */
import type { ListenError } from "../../shared/listen-error.ts";
import type { Logger } from "../../shared/ports.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { ListenAddress, UdpTransport } from "../../shared/server-settings.ts";
import type { Libc } from "../../system/libc.ts";
import type { WorkerSocket } from "../transports/udp-batch/serve-batches.ts";
import { isWildcard, openBatchSocket, refuseNewcomers } from "../transports/udp-batch/socket.ts";

export interface BatchSockets {
  /** Whether UDP is batched; a failure where it must be and cannot. */
  load(udp: UdpTransport): Result<boolean, ListenError>;
  /** For one worker. `onBuffer` is told how much each may receive. */
  open(
    addresses: readonly ListenAddress[],
    options: { readonly shared: boolean; readonly onBuffer: (octets: number) => void },
  ): Result<readonly WorkerSocket[], ListenError>;
  refuseNewcomers(): void;
  close(): void;
}

interface BatchSocketsDeps {
  readonly logger: Logger;
  readonly loadLibc: () => Result<Libc, string>;
}

export function createBatchSockets({ logger, loadLibc }: BatchSocketsDeps): BatchSockets {
  let libc: Libc | undefined;
  let descriptors: number[] = [];
  return {
    load(udp) {
      if (udp === "portable") return ok(false);
      const loaded = loadLibc();
      if (loaded.ok) {
        libc = loaded.value;
        return ok(true);
      }
      const message = `listen.udp: batch is not possible here (${loaded.error}); write auto or portable`;
      if (udp === "batch") return err({ code: "listen-failed", message });
      logger.info({ reason: loaded.error }, "batched UDP is not available, UDP goes through Node");
      return ok(false);
    },
    open(addresses, { shared, onBuffer }) {
      const sockets: WorkerSocket[] = [];
      for (const address of addresses) {
        const opened = openBatchSocket(libc!, address, { shared });
        if (!opened.ok) return opened;
        const { fd, receiveBuffer } = opened.value;
        descriptors.push(fd);
        onBuffer(receiveBuffer);
        sockets.push({ fd, wildcard: isWildcard(address) });
      }
      return ok(sockets);
    },
    refuseNewcomers() {
      for (const fd of descriptors) refuseNewcomers(libc!, fd);
    },
    close() {
      for (const fd of descriptors) libc!.close(fd);
      descriptors = [];
    },
  };
}
