/** The environment of a process under test: nothing of whoever runs the tests (CI, NO_COLOR, GEOSTEER_*) comes through. */
export function plainEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR } = process.env;
  return { PATH, HOME, ...(TMPDIR === undefined ? {} : { TMPDIR }), ...more };
}
