import "server-only";
import { MOST_SUMMARISED } from "@/lib/contracts/words";
import { LR_NAME_PARTS } from "@/lib/domain/metrics/lr-name";
import type { Prisma } from "@/prisma/generated/sqlite/client";
import type { Tx } from "../db/database";
import { keyWithAny } from "../metrics/key-with-any";

const SUMMARY = {
  runId: true,
  key: true,
  last: true,
  lastNonfinite: true,
  lastStep: true,
  min: true,
  max: true,
} as const satisfies Prisma.SeriesSelect;

export type SummarySeries = Omit<Prisma.SeriesGetPayload<{ select: typeof SUMMARY }>, "runId">;

export interface Summarised {
  /** Of more than `MOST_SUMMARISED` metrics those that may hold the LR or a loss, and the first ones by key. */
  series: SummarySeries[];
  /** How many metrics the run has. */
  metrics: number;
}

/** Parts of the names of what is looked for in a run. */
const TELLING = [...LR_NAME_PARTS, "loss"];

type Prismas = Pick<Tx["prisma"], "series">;

/** The runs with their metrics, in two queries and one more for each run that has a great many. */
export async function withSeries<R extends { id: string }>(
  prisma: Prismas,
  runs: readonly R[],
): Promise<(R & Summarised)[]> {
  const counts = await countsOf(prisma, runs);
  const few = runs.filter(({ id }) => (counts.get(id) ?? 0) <= MOST_SUMMARISED).map(({ id }) => id);
  const rows = await prisma.series.findMany({
    where: { runId: { in: few } },
    select: SUMMARY,
    orderBy: { key: "asc" },
  });
  const byRun = new Map<string, SummarySeries[]>(few.map((id) => [id, []]));
  for (const row of rows) byRun.get(row.runId)?.push(row);
  return Promise.all(
    runs.map(async (run) => {
      const metrics = counts.get(run.id) ?? 0;
      const series = metrics > MOST_SUMMARISED ? await someOf(prisma, run.id) : (byRun.get(run.id) ?? []);
      return { ...run, series, metrics };
    }),
  );
}

async function countsOf(
  prisma: Prismas,
  runs: readonly { id: string }[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await prisma.series.groupBy({
    by: ["runId"],
    where: { runId: { in: runs.map(({ id }) => id) } },
    _count: { _all: true },
  });
  return new Map(rows.map(({ runId, _count }) => [runId, _count._all]));
}

async function someOf(prisma: Prismas, runId: string): Promise<SummarySeries[]> {
  const read = (where: Prisma.SeriesWhereInput, take: number) =>
    prisma.series.findMany({ where: { runId, ...where }, select: SUMMARY, orderBy: { key: "asc" }, take });
  const telling = await read(keyWithAny(TELLING), MOST_SUMMARISED / 2);
  const first = await read({}, MOST_SUMMARISED - telling.length);
  const byKey = new Map([...telling, ...first].map((series) => [series.key, series]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
