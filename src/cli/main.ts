#!/usr/bin/env node
/** The command line: what each command takes. What it does is in `commands/`. */
import { program } from "./program.ts";

await program().parseAsync();
