/**
 * Loads Node's type-stripping transpiler in the main thread of each test process. Threads that run .ts load it too;
 * they share its WebAssembly code while anybody holds it, and V8 may abort when the last of many such threads lets it
 * go (https://github.com/nodejs/node/issues/64500). `geosteer` itself runs from .ts or .js as a whole, so it holds it
 * too or never loads it.
 */
import { stripTypeScriptTypes } from "node:module";

stripTypeScriptTypes("");
