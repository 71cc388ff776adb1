import "server-only";
import { nonfiniteCode, storedValue } from "@/lib/domain/metrics/nonfinite";
import { compareStored, type Observation } from "@/lib/domain/metrics/observation";
import type { MetricStore } from "../metrics/store";

/** Values that were logged together, or as if: same step, time and epoch. */
export interface ExportRow {
  step: number;
  time: number;
  epoch: number | null;
  values: [key: string, value: number][];
}

interface Series {
  id: number;
  key: string;
  lastStep: number;
}

/** Observations held in memory, over all metrics of a run. */
const HELD = 20_000;
const [SMALLEST_PAGE, LARGEST_PAGE] = [16, 2000];

/** All observations of one metric as logged, in storage order, a page at a time. */
export async function* observationsOf(
  store: MetricStore,
  { id, lastStep }: Pick<Series, "id" | "lastStep">,
  pageSize = LARGEST_PAGE,
): AsyncGenerator<Observation> {
  let after: [number, number, number, number] = [0, -1, 0, 0];
  for (;;) {
    const page = await store.observationsAfter(id, after, lastStep, pageSize);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < pageSize) return;
    after = [last.step, last.time, storedValue(last.value), nonfiniteCode(last.value)];
  }
}

/** A run's metrics side by side, ordered by step and time, in memory that does not grow with the run. */
export async function* mergedRows(store: MetricStore, series: readonly Series[]): AsyncGenerator<ExportRow> {
  const pageSize = Math.min(
    LARGEST_PAGE,
    Math.max(SMALLEST_PAGE, Math.floor(HELD / Math.max(1, series.length))),
  );
  const open = series.map((one) => ({ key: one.key, rest: observationsOf(store, one, pageSize) }));
  const heads: (Observation | undefined)[] = [];
  for (const { rest } of open) heads.push((await rest.next()).value ?? undefined);
  for (;;) {
    const first = earliest(heads);
    if (!first) return;
    const row: ExportRow = { step: first.step, time: first.time, epoch: first.epoch, values: [] };
    for (const [i, { key, rest }] of open.entries()) {
      const head = heads[i];
      if (!head || !isTogether(head, row)) continue;
      row.values.push([key, head.value]);
      heads[i] = (await rest.next()).value ?? undefined;
    }
    yield row;
  }
}

const isTogether = (head: Observation, row: ExportRow): boolean =>
  head.step === row.step && head.time === row.time && head.epoch === row.epoch;

function earliest(heads: readonly (Observation | undefined)[]): Observation | undefined {
  let first: Observation | undefined;
  for (const head of heads) if (head && (!first || compareStored(head, first) < 0)) first = head;
  return first;
}
