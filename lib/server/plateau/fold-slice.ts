import "server-only";
import type { TaskDb } from "../work/task";
import { fromStart, goOn, type Outcome, untouched } from "./fold";
import { SLICE, workOf } from "./fold-work";
import { observationPages } from "./observation-pages";
import type { LoadedPolicy } from "./policy-rows";

export interface SliceInput {
  loaded: LoadedPolicy;
  /** What `startingLrs` found. */
  rates: number[] | null;
  /** Where the slice before this one ended, and the step up to which to go; null for the first. */
  before: Slice | null;
}

export interface Slice {
  outcome: Outcome;
  /** The last step to be taken in. */
  upTo: number;
  complete: boolean;
}

function begun(loaded: LoadedPolicy, rates: number[] | null): Outcome {
  const { behind } = loaded.row;
  return behind === "append" ? untouched(loaded) : fromStart(loaded, rates, behind === "late");
}

/** Takes a policy that is behind on by a bounded number of checks. Reads only, and holds nobody up in a worker. */
export async function foldSlice({ loaded, rates, before }: SliceInput, db: TaskDb): Promise<Slice> {
  const store = await db.store();
  const { row } = loaded;
  const [series] = await store.findSeries(row.runId, [row.metric]);
  const upTo = before?.upTo ?? Math.min(series?.lastStep ?? -1, row.quietTo ?? Infinity);
  let outcome = before?.outcome ?? begun(loaded, rates);
  if (!series) return { outcome, upTo, complete: true };
  let work = 0;
  const from = (outcome.loaded.row.lastStep ?? -1) + 1;
  for await (const page of observationPages(store, { id: series.id, lastStep: upTo }, from)) {
    outcome = goOn(outcome, page, rates !== null);
    work += workOf(outcome.loaded, page.length);
    if (work >= SLICE) return { outcome, upTo, complete: false };
  }
  return { outcome, upTo, complete: true };
}
