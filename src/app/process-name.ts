/** The name of this process in ps(1) and top(1): who looks for geosteer does not look for node. */
import { writeFileSync } from "node:fs";

/** `args`: what its command line says behind the name. The name has at most 15 octets, as the kernel cuts it. */
export function nameProcess(name: string, args: readonly string[] = []): void {
  process.title = [name, ...args].join(" ");
  try {
    // Of a title the kernel's short name (proc_pid_comm(5)) is the beginning, arguments and all.
    writeFileSync("/proc/self/comm", name);
  } catch {
    // Not Linux.
  }
}
