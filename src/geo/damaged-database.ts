/** Damage that only the walk through a database's tree brings to light: thrown by the walk, caught by `load-geo.ts`. */
export class DamagedDatabase extends Error {
  readonly file: string;
  /** What is wrong, such as "its search tree has a loop". */
  readonly found: string;

  constructor(file: string, found: string) {
    super(`${file}: ${found}`);
    this.file = file;
    this.found = found;
  }
}
