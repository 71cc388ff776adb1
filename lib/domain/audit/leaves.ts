/** A number in a declared schedule, and the schedule with another one in its place. */
export interface Leaf<T> {
  /** As a person writes it: `T_max`, `schedulers[1].T_max`. */
  name: string;
  path: readonly string[];
  value: number;
  whole: boolean;
  with: (value: number) => T;
}

/** What is no parameter of the curve. */
const SKIPPED = new Set([
  "stepping",
  "last_epoch",
  "steps_per_epoch",
  "resume",
  "verbose",
  "groups",
  "dtype",
]);
const SHELLS = new Set(["kwargs", "args"]);

/** The numbers of a schedule that may be other than declared. @param group only this group's base LR counts */
export function leavesOf<T extends object>(schedule: T, group = 0): Leaf<T>[] {
  return walk(schedule, []).flatMap(({ path, value }) => {
    if (path[0] === "base_lrs" && path[1] !== String(group)) return [];
    return [
      {
        name: nameOf(path),
        path,
        value,
        whole: Number.isInteger(value) && Math.abs(value) >= 2,
        with: (changed: number) => replaced(schedule, path, changed),
      },
    ];
  });
}

function walk(node: unknown, path: readonly string[]): { path: readonly string[]; value: number }[] {
  if (typeof node === "number") return [{ path, value: node }];
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) =>
    SKIPPED.has(key) ? [] : walk(child, [...path, key]),
  );
}

function nameOf(path: readonly string[]): string {
  const words = path.filter((word) => !SHELLS.has(word));
  return words.reduce((name, word) => {
    if (/^\d+$/.test(word)) return words[0] === "base_lrs" ? name : `${name}[${word}]`;
    return name === "" ? word : `${name}.${word}`;
  }, "");
}

/** The same structure with one number exchanged, so the same type; what lies beside the path is shared. */
function replaced<T extends object>(schedule: T, path: readonly string[], value: number): T {
  const copy = { ...schedule };
  let node: object = copy;
  for (const key of path.slice(0, -1)) {
    const child: unknown = Reflect.get(node, key);
    if (typeof child !== "object" || child === null) break;
    const own: object = Array.isArray(child) ? [...child] : { ...child };
    Reflect.set(node, key, own);
    node = own;
  }
  Reflect.set(node, path.at(-1) ?? "", value);
  return copy;
}
