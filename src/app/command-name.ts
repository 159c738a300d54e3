/** How this geosteer was started, for messages that name a command: whoever copies one has a command that works. */

interface Start {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
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
