/** What the main thread and a DNS worker say to each other. Queries never pass here. */
import type { LeafTable } from "../../routing/leaf-table.ts";
import type { ListenError } from "../../shared/listen-error.ts";
import type { Result } from "../../shared/result.ts";
import type { ListenAddress, TcpLimits } from "../../shared/server-settings.ts";
import type { Transport } from "../../telemetry/counter-totals.ts";
import type { CounterLabels } from "../../telemetry/counters.ts";
import type { NameTable } from "../names/name-table.ts";
import type { Service } from "../answer/service.ts";
import type { PostedSnapshot } from "./posted-snapshot.ts";
import type { Bound } from "../transports/listener.ts";
import type { WorkerSocket } from "../transports/udp-batch/serve-batches.ts";

/** One generation: everything that answering needs. Large parts lie in shared memory. */
export interface WorkerPublication {
  readonly generation: number;
  readonly snapshot: PostedSnapshot;
  readonly names: NameTable;
  readonly service: Service;
  readonly table: LeafTable;
  /** The health table's memory. */
  readonly health: SharedArrayBuffer;
}

/** A generation as the main thread hands it to the pool. */
export interface Publication extends WorkerPublication {
  /** What `counterLabels` makes of the snapshot, which a worker does for itself. */
  readonly labels: CounterLabels;
}

/** What a worker is started with, as `workerData`. */
export interface WorkerSetup {
  readonly transport: Transport;
  /** Whether other workers bind the same addresses. */
  readonly shared: boolean;
  readonly tcp: TcpLimits;
  /** One Int32, the number of messages sent. A worker that blocks looks here, at no cost, before it reads. */
  readonly sent: SharedArrayBuffer;
  /** Of `createQueryWord`: there the worker tells that it is busy with a query (`stall-watch.ts`). */
  readonly answering: SharedArrayBuffer;
}

export type ToWorker =
  | { readonly kind: "publish"; readonly publication: WorkerPublication; readonly counters: SharedArrayBuffer }
  | { readonly kind: "listen"; readonly addresses: readonly ListenAddress[] }
  /** Serve sockets that the main thread has opened: batched UDP. Answered with `listening`. */
  | { readonly kind: "serve"; readonly sockets: readonly WorkerSocket[] }
  /** Leave the sockets, and what they have received, to a successor, and forget the generation. */
  | { readonly kind: "release" }
  /** Answer what has been received, and end. */
  | { readonly kind: "stop" };

export type FromWorker =
  /** `failure`: the generation could not be compiled, the one before is still served. A bug. */
  | { readonly kind: "published"; readonly failure: string | undefined }
  | { readonly kind: "listening"; readonly result: Result<readonly Bound[], ListenError> }
  | { readonly kind: "released" }
  | { readonly kind: "exception"; readonly stack: string };
