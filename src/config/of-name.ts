/** What a mapping has under a name that an operator has chosen: `constructor` is one, and none of an object's own here. */
export function ofName<T>(all: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  return name !== undefined && Object.hasOwn(all, name) ? all[name] : undefined;
}
