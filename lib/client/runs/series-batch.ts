import { loadSeries } from "@/lib/client/metrics/load-series";
import type { SeriesResponse, SeriesBody } from "@/lib/contracts/metrics";

type Series = SeriesResponse["series"];
type Wanted = Pick<SeriesBody, "keys" | "buckets"> & Partial<Pick<SeriesBody, "to" | "grid">>;

interface Batch {
  ids: Set<string>;
  answer: Promise<Series>;
}

/** Long enough for the rows of a screen to ask, too short to be noticed. */
const GATHER_MS = 25;
/** What one request takes. */
const MAX_RUNS = 200;

const open = new Map<string, Batch>();

/** Some metrics of one run. Rows that ask for the same at about the same time share a request. */
export async function loadRunSeries(runId: string, wanted: Wanted): Promise<Series> {
  const name = JSON.stringify(wanted);
  const batch = open.get(name) ?? openBatch(name, wanted);
  batch.ids.add(runId);
  if (batch.ids.size >= MAX_RUNS) open.delete(name);
  return (await batch.answer).filter(({ run_id }) => run_id === runId);
}

function openBatch(name: string, wanted: Wanted): Batch {
  const ids = new Set<string>();
  const send = async (): Promise<Series> => {
    await new Promise((resolve) => setTimeout(resolve, GATHER_MS));
    if (open.get(name) === batch) open.delete(name);
    // A small line goes from one bucket's last value to the next.
    return (await loadSeries({ x: "step", ...wanted, runs: [...ids], figures: [] })).series;
  };
  const batch: Batch = { ids, answer: Promise.resolve([]) };
  open.set(name, batch);
  batch.answer = send();
  return batch;
}
