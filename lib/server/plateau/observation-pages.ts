import "server-only";
import { setImmediate } from "node:timers/promises";
import { nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { latestPerStep, type Observation } from "@/lib/domain/metrics/observation";
import type { MetricStore, SeriesRow } from "../metrics/store";

/** Small enough that going through a page holds no other request up for long. */
const PAGE = 2000;

/** A series from a step on as its detectors see it, the latest value of each step in order, a page at a time. */
export async function* observationPages(
  store: MetricStore,
  { id, lastStep }: Pick<SeriesRow, "id" | "lastStep">,
  from = 0,
): AsyncGenerator<Observation[]> {
  let after: readonly [number, number, number, number] = [from, -1, 0, 0];
  let held: Observation[] = [];
  for (;;) {
    const rows = await store.observationsAfter(id, after, lastStep, PAGE);
    const ordered = latestPerStep([...held, ...rows]);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) {
      if (ordered.length > 0) yield ordered;
      return;
    }
    // The last step of a page may have a later value on the next.
    held = ordered.slice(-1);
    yield ordered.slice(0, -1);
    after = [last.step, last.time, storedValue(last.value), nonfiniteCode(last.value)];
    await setImmediate();
  }
}
