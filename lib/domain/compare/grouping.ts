/** What decides into which group a run goes: a noun of the run, or a path into its config. */
export type GroupBy =
  "schedule" | "family" | "group" | "tag" | "seed" | "project" | "run" | `config.${string}`;

export interface ScheduleFacts {
  /** Equal for equal schedules. */
  identity: string;
  family: string;
  /** With its parameters. */
  description: string;
  source: "declared" | "inferred";
}

/** What a run says of itself. */
export interface RunFacts {
  id: string;
  name: string;
  project: string;
  group: string | null;
  seed: number | null;
  tags: readonly string[];
  config: Readonly<Record<string, unknown>>;
  schedule: ScheduleFacts | null;
}

export interface GroupName {
  key: string;
  label: string;
  description: string | null;
}

const NONE: Readonly<Record<string, string>> = {
  schedule: "no schedule",
  family: "no schedule",
  group: "no group",
  tag: "no tag",
  seed: "no seed",
};

const plain = (text: string): GroupName => ({ key: text, label: text, description: null });

/** The groups that a run belongs to: one, but by tag one for each of its tags. */
function namesOf(run: RunFacts, by: GroupBy): GroupName[] {
  switch (by) {
    case "schedule":
      return run.schedule ? [bySchedule(run.schedule)] : [];
    case "family":
      return run.schedule ? [plain(run.schedule.family)] : [];
    case "group":
      return run.group === null ? [] : [plain(run.group)];
    case "tag":
      return run.tags.map(plain);
    case "seed":
      return run.seed === null ? [] : [plain(`seed ${run.seed}`)];
    case "project":
      return [plain(run.project)];
    case "run":
      return [{ key: run.id, label: run.name, description: null }];
    default:
      return byConfig(run, by.slice("config.".length));
  }
}

function bySchedule({ identity, family, description, source }: ScheduleFacts): GroupName {
  const words = source === "inferred" ? `${description}, inferred from the logged LR` : description;
  return {
    key: identity,
    label: source === "inferred" ? `${family} (inferred)` : family,
    description: words,
  };
}

function byConfig({ config }: RunFacts, path: string): GroupName[] {
  const value = configAt(config, path);
  return value === undefined ? [] : [plain(`${path}=${shownValue(value)}`)];
}

/** A key may itself hold dots, so the longest key that fits is taken first. */
export function configAt(config: Readonly<Record<string, unknown>>, path: string): unknown {
  if (Object.hasOwn(config, path)) return config[path];
  for (let dot = path.lastIndexOf("."); dot > 0; dot = path.lastIndexOf(".", dot - 1)) {
    const inner = Object.hasOwn(config, path.slice(0, dot)) ? config[path.slice(0, dot)] : undefined;
    if (isObject(inner)) {
      const found = configAt(inner, path.slice(dot + 1));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A config value as it stands in a table: a string as it is, anything else as JSON. */
export const shownValue = (value: unknown): string => (typeof value === "string" ? value : canonical(value));

/** JSON with the keys of every object in order, so that equal data have equal text. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const entries = Object.entries(value)
    .filter(([, inner]) => inner !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** A key that no run can bring: theirs are never empty. */
const NO_GROUP = "";

export interface RunGroup<T> extends GroupName {
  runs: T[];
}

/** Puts runs into groups, in order of appearance. Groups with the same short label get their description for one. */
export function groupRuns<T extends RunFacts>(runs: readonly T[], by: GroupBy): RunGroup<T>[] {
  const groups = new Map<string, RunGroup<T>>();
  for (const run of runs) {
    const names = namesOf(run, by);
    const none = { key: NO_GROUP, label: NONE[by] ?? `no ${by.slice("config.".length)}`, description: null };
    for (const name of names.length > 0 ? names : [none]) {
      const known = groups.get(name.key);
      if (known) known.runs.push(run);
      else groups.set(name.key, { ...name, runs: [run] });
    }
  }
  return distinctLabels([...groups.values()]);
}

function distinctLabels<T>(groups: readonly RunGroup<T>[]): RunGroup<T>[] {
  const described = groups.map((group) => {
    const isOnly = groups.filter(({ label }) => label === group.label).length === 1;
    return isOnly || group.description === null ? group : { ...group, label: group.description };
  });
  return described.map((group, i) => {
    const before = described.slice(0, i).filter(({ label }) => label === group.label).length;
    return before === 0 ? group : { ...group, label: `${group.label} (${before + 1})` };
  });
}
