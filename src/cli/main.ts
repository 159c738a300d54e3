#!/usr/bin/env node
/** The process: nothing here but what cannot wait until all commands are loaded. */

// SIGHUP would end a process that does not listen for it. Until `serve` does, nothing has been read: what the signal
// asks for, the newest configuration, is what the start takes anyway.
process.on("SIGHUP", () => {});
// By these, which ask other servers for new logs or numbers, Node would open a debugger to every user of this machine,
// and the system would end the process.
for (const signal of ["SIGUSR1", "SIGUSR2"] as const) process.on(signal, () => {});

const { nameProcess } = await import("../app/process-name.ts");
nameProcess("geosteer", process.argv.slice(2));

const { callerFolder } = await import("../app/command-name.ts");
const folder = callerFolder();
if (folder !== undefined) process.chdir(folder);

const { program } = await import("./program.ts");
await program().parseAsync();
