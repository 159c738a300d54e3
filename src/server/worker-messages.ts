/** What the main thread and a DNS worker say to each other. Queries never pass here. */
import type { LeafTable } from "../routing/leaf-table.ts";
import type { Snapshot } from "../routing/snapshot.ts";
import type { ListenError } from "../shared/listen-error.ts";
import type { Result } from "../shared/result.ts";
import type { Transport } from "../telemetry/counter-totals.ts";
import type { CounterLabels } from "../telemetry/counters.ts";
import type { ListenAddress } from "./transport.ts";

/** One generation: everything that answering needs. Large parts lie in shared memory. */
export interface Publication {
  readonly generation: number;
  readonly snapshot: Snapshot;
  readonly table: LeafTable;
  /** The health table's memory. */
  readonly health: SharedArrayBuffer;
  readonly labels: CounterLabels;
}

/** `workerData`. */
export interface WorkerSetup {
  readonly transport: Transport;
  /** Whether other workers bind the same addresses. */
  readonly shared: boolean;
}

export type ToWorker =
  | { readonly kind: "publish"; readonly publication: Publication; readonly counters: SharedArrayBuffer }
  | { readonly kind: "listen"; readonly addresses: readonly ListenAddress[] }
  | { readonly kind: "stop" };

export type FromWorker =
  | { readonly kind: "published"; readonly generation: number }
  /** The addresses in use, or why one of them could not be bound. */
  | { readonly kind: "listening"; readonly result: Result<readonly ListenAddress[], ListenError> }
  | { readonly kind: "stopped" }
  | { readonly kind: "exception"; readonly stack: string };
