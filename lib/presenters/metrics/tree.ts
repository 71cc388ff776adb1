import { prefixOf, type MetricSection } from "./sections";

/** Metrics that share the beginning of their names. */
export interface MetricBranch {
  /** The shared beginning, without a slash at its end; empty for a section's own. */
  readonly path: string;
  /** What it adds to its parent's. */
  readonly title: string;
  /** Those that go on with no segment that another shares. */
  readonly keys: readonly string[];
  readonly branches: readonly MetricBranch[];
}

/**
 * A section's metrics by every further segment of their names, in their order. What the reader has put together stays flat.
 */
export function metricTree({ id, keys }: Pick<MetricSection, "id" | "keys">): MetricBranch {
  const own = keys.every((key) => key.startsWith(`${id}/`) && prefixOf(key) === id);
  return own ? branchOf(id, "", keys) : { path: "", title: "", keys, branches: [] };
}

function branchOf(path: string, title: string, keys: readonly string[]): MetricBranch {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const rest = key.slice(path.length + 1);
    const slash = rest.indexOf("/");
    const next = slash <= 0 ? key : `${path}/${rest.slice(0, slash)}`;
    groups.set(next, [...(groups.get(next) ?? []), key]);
  }
  const shared = [...groups].filter(([, members]) => members.length > 1);
  const [only] = shared;
  // A segment that all of them share opens nothing by itself.
  if (only && groups.size === 1 && only[0] !== path) {
    const more = only[0].slice(path.length + 1);
    return branchOf(only[0], title === "" ? more : `${title}/${more}`, keys);
  }
  return {
    path,
    title,
    keys: [...groups.values()].flatMap((members) => (members.length === 1 ? members : [])),
    branches: shared.map(([next, members]) => branchOf(next, next.slice(path.length + 1), members)),
  };
}
