import { request } from "@/lib/client/http/request";
import type { SeriesBody, SeriesPoint, SeriesResponse } from "@/lib/contracts/metrics";
import type { ColumnsResponse, SeriesColumns } from "@/lib/contracts/series-columns";

/** The metrics of several runs, as points; they travel as columns, which are several times smaller. */
export async function loadSeries(body: SeriesBody, signal?: AbortSignal): Promise<SeriesResponse> {
  const asked = { ...body, format: "columns" } satisfies SeriesBody;
  return pointsOf(await request<ColumnsResponse>("/series", { method: "POST", body: asked, signal }));
}

export function pointsOf({ series }: ColumnsResponse): SeriesResponse {
  return {
    series: series.map((columns) => {
      const { run_id, key, level } = columns;
      return { run_id, key, level, points: toPoints(columns, series) };
    }),
  };
}

function toPoints(columns: SeriesColumns, all: readonly SeriesColumns[]): SeriesPoint[] {
  const step = column((one) => one.step, columns, all) ?? [];
  const x = column((one) => one.x, columns, all) ?? step;
  const count = column((one) => one.count, columns, all);
  const nonfinite = new Map(columns.nonfinite?.map(({ point, kinds }) => [point, kinds]));
  return columns.last.map((last, i): SeriesPoint => {
    const kinds = nonfinite.get(i);
    return {
      x: x[i] ?? null,
      step: step[i] ?? 0,
      last,
      ...rangeAt(columns, i),
      count: count?.[i] ?? 1,
      ...(kinds ? { nonfinite: kinds } : {}),
    };
  });
}

function rangeAt({ last, min, max, mean }: SeriesColumns, i: number) {
  const value = last[i];
  const near = typeof value === "number" ? value : null;
  return { min: min?.[i] ?? near, max: max?.[i] ?? near, mean: mean?.[i] ?? near };
}

/** A column, or that of the series that it names. */
function column<T>(
  of: (series: SeriesColumns) => T[] | number | undefined,
  own: SeriesColumns,
  all: readonly SeriesColumns[],
): T[] | undefined {
  const found = of(own);
  const named = typeof found === "number" ? all[found] : own;
  const list = named && of(named);
  return typeof list === "number" ? undefined : list;
}
