/** A resolver that runs, and has resolved a name of the parent. */
import { dig } from "../scene/dig.ts";
import type { Parent } from "../scene/parent.ts";
import { fileOf } from "../scene/programs.ts";
import type { Scene } from "../scene/scene.ts";
import type { Resolver } from "./resolver.ts";

/** Returns where it listens: ADDRESS or ADDRESS:PORT. */
export async function startResolver(
  scene: Scene,
  resolver: Resolver,
  { hintsFile }: Parent,
  { clientSubnets = false }: { readonly clientSubnets?: boolean } = {},
): Promise<string> {
  const address = scene.address(53, 20);
  const { args, listen = address } = await resolver.configure(scene, { address, hintsFile, clientSubnets });
  await scene.start(resolver.name, fileOf(resolver.program), args, async () => {
    const reply = await dig(listen, "www.example.com", "A", "+time=1", "+tries=1");
    return reply.answer.includes("A 192.0.2.200");
  });
  return listen;
}
