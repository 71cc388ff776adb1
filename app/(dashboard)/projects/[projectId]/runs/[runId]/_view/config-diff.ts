import { flatten } from "./flatten";

export interface DiffEntry {
  readonly path: string;
  /** null: that run has no such entry. */
  readonly own: string | null;
  readonly other: string | null;
  readonly differs: boolean;
}

type Config = Readonly<Record<string, unknown>>;

/** Two configurations side by side: the run's own entries in their order, then those that only the other one has. */
export function diffConfigs(own: Config, other: Config): DiffEntry[] {
  const mine = new Map(flatten(own).map(({ path, text }) => [path, text]));
  const theirs = new Map(flatten(other).map(({ path, text }) => [path, text]));
  return [...new Set([...mine.keys(), ...theirs.keys()])].map((path) => {
    const [a, b] = [mine.get(path) ?? null, theirs.get(path) ?? null];
    return { path, own: a, other: b, differs: a !== b };
  });
}
