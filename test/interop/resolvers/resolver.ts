/** A resolver that follows the delegations of the scene from the root down, and never leaves loopback. */
import type { Program } from "../scene/programs.ts";
import type { Scene } from "../scene/scene.ts";

export interface Resolver {
  readonly name: string;
  readonly program: Program;
  /** Writes its files. */
  configure(scene: Scene, settings: Settings): Promise<Command>;
}

export interface Settings {
  /** It listens here and sends from here, so nothing can leave loopback. */
  readonly address: string;
  readonly hintsFile: string;
  /** Tells servers the clients' subnets, those that clients send included. Not all resolvers can. */
  readonly clientSubnets: boolean;
}

export interface Command {
  readonly args: readonly string[];
  /** ADDRESS:PORT, where it cannot be port 53 of `address`. */
  readonly listen?: string;
}
