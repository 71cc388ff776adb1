import { canonical, isObject, shownValue } from "./grouping";

export interface ConfigDifference {
  /** `optimizer.lr`. */
  path: string;
  /** One a run, in the order given: a number or a text, null where the run has no such entry. */
  values: (number | string | null)[];
}

/** What differs between the configs of several runs, by path; lists are compared whole. One run differs from nothing. */
export function configDifferences(configs: readonly Readonly<Record<string, unknown>>[]): ConfigDifference[] {
  const flat = configs.map((config) => new Map(leaves(config, "")));
  const paths = [...new Set(flat.flatMap((entries) => [...entries.keys()]))].sort();
  return paths.flatMap((path) => {
    const found = flat.map((entries) => entries.get(path));
    if (new Set(found.map(canonical)).size < 2) return [];
    return [{ path, values: found.map(cell) }];
  });
}

function leaves(node: Readonly<Record<string, unknown>>, prefix: string): [string, unknown][] {
  return Object.entries(node).flatMap(([key, value]): [string, unknown][] => {
    const path = prefix === "" ? key : `${prefix}.${key}`;
    const inside = isObject(value) ? leaves(value, path) : [];
    return inside.length > 0 ? inside : [[path, value]];
  });
}

function cell(value: unknown): number | string | null {
  if (value === undefined) return null;
  return typeof value === "number" ? value : shownValue(value);
}
