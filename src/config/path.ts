/** The way from the top of the file to a value: mapping keys as text, positions in lists as numbers from 0. */
export type Path = readonly (string | number)[];

const PLAIN_KEY = /^[\w-]+$/;

/** `profiles.shop.names[1]`, `zones."gtm.example.com".nameservers`. */
export function formatPath(path: Path): string {
  if (path.length === 0) return "top level";
  let text = "";
  for (const step of path) {
    if (typeof step === "number") text += `[${step}]`;
    else text += (text === "" ? "" : ".") + (PLAIN_KEY.test(step) ? step : JSON.stringify(step));
  }
  return text;
}
