/**
 * What an object holds at a dotted path. Keys may hold dots themselves, as where a library logs `optimizer.lr` flat: at
 * each level the longest run of parts that is a key wins, and shorter ones are tried when it leads nowhere. undefined:
 * nothing there.
 */
export function valueAt(root: unknown, path: readonly string[]): unknown {
  if (path.length === 0) return root;
  if (typeof root !== "object" || root === null) return undefined;
  for (let taken = path.length; taken > 0; taken -= 1) {
    const key = path.slice(0, taken).join(".");
    const inner: unknown = Object.hasOwn(root, key) ? Reflect.get(root, key) : undefined;
    const found = inner === undefined ? undefined : valueAt(inner, path.slice(taken));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A value as a table shows and compares it: what is not text, number or flag becomes JSON. */
export function scalarOf(value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return JSON.stringify(value);
}

/** Every leaf of an object with its path; lists and empty objects are leaves. */
export function leavesOf(value: unknown, path: readonly string[] = []): { path: string[]; value: unknown }[] {
  const isBranch = typeof value === "object" && value !== null && !Array.isArray(value);
  const entries = isBranch ? Object.entries(value) : [];
  if (entries.length === 0) return path.length === 0 ? [] : [{ path: [...path], value }];
  return entries.flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}
