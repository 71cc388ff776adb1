export interface ConfigEntry {
  readonly path: string;
  readonly text: string;
}

/** A nested configuration as `optimizer.kwargs.lr` and its value; lists of plain values stay in one line. */
export function flatten(config: Readonly<Record<string, unknown>>, prefix = ""): ConfigEntry[] {
  return Object.entries(config).flatMap(([name, value]) => {
    const path = prefix === "" ? name : `${prefix}.${name}`;
    return isTree(value) ? flatten(value, path) : [{ path, text: textOf(value) }];
  });
}

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
