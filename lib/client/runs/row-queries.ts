import { queryOptions } from "@tanstack/react-query";
import { queryKeys } from "@/lib/client/query-keys";
import { loadRunSeries } from "@/lib/client/runs/series-batch";

const SPARK_POINTS = 32;

/** A run's metric and its LR, small. Fresh as long as the run does not change. */
export const sparkQuery = (runId: string, metric: string, lrKey: string | null) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "spark", metric, lrKey] as const,
    queryFn: async () => {
      const keys = lrKey === null || lrKey === metric ? [metric] : [metric, lrKey];
      const series = await loadRunSeries(runId, { keys, buckets: SPARK_POINTS, grid: "own" });
      const pointsOf = (key: string | null) => series.find((one) => one.key === key)?.points ?? [];
      return { metric: pointsOf(metric), lr: pointsOf(lrKey) };
    },
    staleTime: Infinity,
  });

/** The last value that a run logged up to a step; null when it had logged none. */
export const valueAtQuery = (runId: string, metric: string, step: number) =>
  queryOptions({
    queryKey: [...queryKeys.run(runId), "at", metric, step] as const,
    queryFn: async () => {
      const [series] = await loadRunSeries(runId, { keys: [metric], buckets: 1, to: step });
      return series?.points.at(-1)?.last ?? null;
    },
    staleTime: Infinity,
  });
