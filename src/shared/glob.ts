/** Patterns over names: `*` stands for any characters, none included; all else for itself. */

/** In time proportional to the product of both lengths at most, whatever the pattern. */
export function matchesGlob(glob: string, text: string): boolean {
  if (!glob.includes("*")) return glob === text;
  let at = 0;
  let index = 0;
  let star = -1;
  let resume = 0;
  while (index < text.length) {
    if (glob[at] === "*") {
      star = at++;
      resume = index;
    } else if (glob[at] === text[index]) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else return false;
  }
  while (glob[at] === "*") at++;
  return at === glob.length;
}
