/** The files that a load reads, so that others know what to watch. */
import path from "node:path";
import { fileIdentity } from "../file-identity.ts";

export interface SourceFile {
  /** Its absolute path. It need not be there. */
  readonly file: string;
  readonly kind: SourceKind;
  /** What stood there just before it was read, as `fileIdentity` tells. */
  readonly identity: string;
}

/** `zone`: a zone's file, or one that it includes. */
export type SourceKind = "configuration" | "zone" | "secrets" | "database";

/** Is told each file before it is read, found or not; paths count from the working directory. */
export type TellFile = (file: string, kind: SourceKind) => void;

/** Tells each file once. */
export function tellOnce(onFile: (file: SourceFile) => void): TellFile {
  const told = new Set<string>();
  return (name, kind) => {
    // Not `path.resolve`, which takes `a/..` for nothing: `a` may be a link elsewhere.
    const file = path.isAbsolute(name) ? name : process.cwd() + path.sep + name;
    if (told.has(file)) return;
    told.add(file);
    onFile({ file, kind, identity: fileIdentity(file) });
  };
}
