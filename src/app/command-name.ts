/** How this geosteer was started: for messages that name a command, so that whoever copies one has a command that works. */

interface Start {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
}

/**
 * The folder that paths of a command line count from, where that is not the working directory: npm runs a package's scripts
 * in the package's, wherever it was called.
 */
export function callerFolder({ env }: Pick<Start, "env"> = process): string | undefined {
  const isScript = env["npm_lifecycle_event"] === "geosteer" && env["npm_package_name"] === "geosteer";
  return isScript ? env["INIT_CWD"] : undefined;
}

/** `geosteer`, or what stands in its place where it is not installed. */
export function commandName({ env, argv }: Start = process): string {
  const [, file = ""] = argv;
  const script = env["npm_lifecycle_event"];
  if (script === "npx") return "npx geosteer";
  // `npm start` is one of them: its package has the other.
  if (script !== undefined && env["npm_package_name"] === "geosteer") return "npm run -s geosteer --";
  return /[\\/]main\.[jt]s$/.test(file) ? `node ${file}` : "geosteer";
}
