/** What an event file that came without its folder tells of where it belongs. */
export interface EventPart {
  path: string;
  firstStep: number;
  lastStep: number;
  /** Unix seconds. */
  firstTime: number;
  lastTime: number;
  tags: ReadonlySet<string>;
  /** The step that its job was started again at, where its writer was told; 0: none. */
  resumedAt: number;
}

const NAME = /tfevents\.\d+\.(.+?)(?:\.(\d+)\.\d+)?(?:\.v2)?$/;

const hostOf = (path: string): string => NAME.exec(path)?.[1] ?? "";
const processOf = (path: string): string => NAME.exec(path)?.slice(1, 3).join(".") ?? "";

/**
 * Files that are parts of one run, put together, in order of time. TensorBoard has a run a folder; without folders a
 * file is a run, unless it goes on with one that ended before it began, on the same machine: told so by its writer, or
 * beginning about where that one ends, with its tags or from its process. Of several such the one that ended last.
 */
export function joinParts<P extends EventPart>(parts: readonly P[]): P[][] {
  const runs: P[][] = [];
  for (const part of [...parts].sort(byTime)) {
    const before = runs
      .map((run) => ({ run, whole: merged(run) }))
      .filter(({ whole }) => goesOn(part, whole))
      .sort((a, b) => b.whole.lastTime - a.whole.lastTime)[0];
    if (before) before.run.push(part);
    else runs.push([part]);
  }
  return runs;
}

/** A file without a value has no time, and comes last. */
const byTime = (a: EventPart, b: EventPart): number =>
  a.firstTime < b.firstTime ? -1 : Number(a.firstTime > b.firstTime);

type Whole = EventPart & { paths: readonly string[] };

function merged(run: readonly EventPart[]): Whole {
  return {
    path: run[0]?.path ?? "",
    paths: run.map(({ path }) => path),
    firstStep: Math.min(...run.map(({ firstStep }) => firstStep)),
    lastStep: Math.max(...run.map(({ lastStep }) => lastStep)),
    firstTime: Math.min(...run.map(({ firstTime }) => firstTime)),
    lastTime: Math.max(...run.map(({ lastTime }) => lastTime)),
    tags: new Set(run.flatMap(({ tags }) => [...tags])),
    resumedAt: 0,
  };
}

function goesOn(part: EventPart, whole: Whole): boolean {
  if (part.firstTime < whole.lastTime || hostOf(part.path) !== hostOf(whole.path)) return false;
  const alike = [...part.tags].some((tag) => whole.tags.has(tag));
  if (part.resumedAt > 0) return alike;
  const half = (whole.lastStep - whole.firstStep) / 2;
  const near = part.firstStep > whole.lastStep - half && part.firstStep <= whole.lastStep + half;
  // Without a process in the name there is none to have in common.
  const process = processOf(part.path);
  const sameProcess = /\.\d+$/.test(process) && whole.paths.some((path) => processOf(path) === process);
  return near && (alike || sameProcess);
}
