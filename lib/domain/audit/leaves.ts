import type { FilledIn } from "@/lib/domain/schedules/shared/arguments";

/** A number in a declared schedule, and the schedule with another one in its place. */
export interface Leaf<T> {
  /** As a person writes it: `T_max`, `schedulers[1].T_max`. */
  name: string;
  path: readonly string[];
  value: number;
  whole: boolean;
  /** Several numbers that stand for one length. */
  tied?: true;
  /** It is not declared: the value is its library's default, or ours. */
  byDefault?: true;
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
  "base_momentum",
  "max_momentum",
]);
const SHELLS = new Set(["kwargs", "args"]);

/** Where the parts of a sequence meet. */
const MEETING = /^(milestones|boundaries)\[|(^|\.)parts\[\d+\]\.steps$/;
const LENGTH = /\.(T_max|total_iters|decay_steps|transition_steps|spec\.steps)$/;

/** A warmup's length, and lengths of what follows it: the longer the one, the shorter the other. */
const TRADES: readonly (readonly [RegExp, string])[] = [
  [/^(.*\.)?steps$/, "then.steps"],
  [/^(.*\.)?steps$/, "then.decay_steps"],
  [/^(.*\.)?steps$/, "then.total_steps"],
  [/^(.*\.)?warmup_steps$/, "decay_steps"],
  [/^(.*\.)?warmup$/, "stable"],
  [/^(.*\.)?warmup$/, "decay"],
];

/** A warmup of another length in a schedule of the same total. */
export function tradedLeaves<T extends object>(schedule: T): Leaf<T>[] {
  const leaves = leavesOf(schedule);
  return leaves.flatMap((warmup) =>
    TRADES.flatMap(([pattern, rest]) => {
      const [matched, prefix = ""] = pattern.exec(warmup.name) ?? [];
      const later = leaves.find(({ name }) => matched !== undefined && name === `${prefix}${rest}`);
      if (!later) return [];
      const shortened = (value: number) =>
        replaced(warmup.with(value), later.path, later.value + warmup.value - value);
      return [{ ...warmup, tied: true as const, name: lessBy(warmup.name, later.name), with: shortened }];
    }),
  );
}

const lessBy = (name: string, later: string) => `${name} (${later} less by as much)`;

/**
 * A warmup's length stands in a sequence as its own length and as the milestone, and what follows is shorter by it: one
 * number in the script that builds them.
 */
export function tiedLeaves<T extends object>(schedule: T): Leaf<T>[] {
  const leaves = leavesOf(schedule);
  return leaves
    .filter(({ name, whole }) => MEETING.test(name) && whole)
    .flatMap((meeting) => {
      const same = leaves.filter(({ name, value }) => value === meeting.value && LENGTH.test(name));
      if (same.length === 0) return [];
      const tied = [meeting, ...same];
      const all = (value: number) =>
        tied.reduce((changed, { path }) => replaced(changed, path, value), schedule);
      const together = {
        ...meeting,
        tied: true as const,
        name: tied.map(({ name }) => name).join(" and "),
        with: all,
      };
      const later = leaves.filter((leaf) => LENGTH.test(leaf.name) && !tied.includes(leaf)).at(-1);
      if (!later) return [together];
      const shortened = (value: number) =>
        replaced(all(value), later.path, later.value + meeting.value - value);
      return [together, { ...together, name: lessBy(together.name, later.name), with: shortened }];
    });
}

/** The numbers of a schedule that may be other than declared. @param group only this group's base LR counts */
export function leavesOf<T extends object>(schedule: T, group = 0): Leaf<T>[] {
  return walk(schedule, []).flatMap(({ path, value }) => {
    if (path[0] === "base_lrs" && path[1] !== String(group)) return [];
    return [leafAt(schedule, path, value)];
  });
}

/** What our own kinds of schedule have where nothing is said. */
export const OWN_DEFAULTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  cosine_restarts: { gamma: 1 },
  cyclic: { gamma: 1 },
  exponential: { floor: 0 },
  one_cycle: { pct_start: 0.3, div_factor: 25, final_div_factor: 1e4 },
};

/** The numbers that a schedule leaves at a default. */
export function defaultLeaves<T extends object>(schedule: T, filledIn: readonly FilledIn[]): Leaf<T>[] {
  const listed = filledIn.map(({ path, value }) => ({ path: wordsOf(path), value }));
  const known = new Map([...listed, ...ownDefaults(schedule, [])].map((each) => [each.path.join(" "), each]));
  return [...known.values()]
    .filter(({ path }) => !path.some((word) => SKIPPED.has(word)))
    .map(({ path, value }) => ({ ...leafAt(schedule, path, value), byDefault: true as const }));
}

/** `schedule.kwargs.schedulers[0].kwargs.gamma` as the way to it from the schedule. */
const wordsOf = (path: string): string[] =>
  path
    .replaceAll(/\[(\d+)\]/g, ".$1")
    .split(".")
    .slice(1);

function ownDefaults(node: unknown, path: readonly string[]): Place[] {
  if (typeof node !== "object" || node === null) return [];
  const kind: unknown = Reflect.get(node, "kind");
  const own = Object.entries((typeof kind === "string" && OWN_DEFAULTS[kind]) || {});
  return [
    ...own.flatMap(([name, value]) => (Object.hasOwn(node, name) ? [] : [{ path: [...path, name], value }])),
    ...Object.entries(node).flatMap(([key, child]) => ownDefaults(child, [...path, key])),
  ];
}

interface Place {
  path: readonly string[];
  value: number;
}

const leafAt = <T extends object>(schedule: T, path: readonly string[], value: number): Leaf<T> => ({
  name: nameOf(path),
  path,
  value,
  whole: Number.isInteger(value) && Math.abs(value) >= 2,
  with: (changed: number) => replaced(schedule, path, changed),
});

function walk(node: unknown, path: readonly string[]): Place[] {
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
    const given: unknown = Reflect.get(node, key);
    // Arguments that are all left at their defaults may not be there at all.
    const child = typeof given === "object" && given !== null ? given : {};
    const own: object = Array.isArray(child) ? [...child] : { ...child };
    Reflect.set(node, key, own);
    node = own;
  }
  Reflect.set(node, path.at(-1) ?? "", value);
  return copy;
}
