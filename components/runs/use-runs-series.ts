"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { projectSeriesQuery } from "@/lib/client/metrics/queries";
import type { SeriesBody, SeriesResponse } from "@/lib/contracts/metrics";
import type { Range } from "@/lib/presenters/charts/chart-model";
import { stepsWithin } from "@/lib/presenters/charts/curves-view";
import type { RunsChartData } from "@/lib/presenters/charts/runs-data";

type Series = SeriesResponse["series"];

interface RunsSeries {
  /** The window asked for, else the whole runs; undefined: on their way. */
  readonly series: Series | undefined;
  readonly whole: Series | undefined;
  readonly part: NonNullable<RunsChartData["part"]> | null;
  /** The last choice's points stand until this one's are here. */
  readonly stale: boolean;
  readonly error: Error | null;
  retry: () => void;
}

/** Runs' metrics over all of x, and over a stretch of it at the resolution that the stretch allows. */
export function useRunsSeries(projectId: string, body: SeriesBody, window: Range | null): RunsSeries {
  const asked = body.runs.length > 0 && body.keys.length > 0;
  const whole = useQuery({ ...projectSeriesQuery(projectId, body), enabled: asked });
  const points = whole.data?.series;
  const steps = useMemo(
    () => (window === null || points === undefined ? null : stepsWithin(points, body.x, window)),
    [window, points, body.x],
  );
  const zoomed = useQuery({
    ...projectSeriesQuery(projectId, { ...body, ...steps }),
    enabled: asked && steps !== null,
  });
  const inside = steps === null ? undefined : zoomed.data?.series;
  const part = useMemo(
    () => (steps !== null && inside && points ? { steps, whole: points } : null),
    [steps, inside, points],
  );
  return {
    series: part ? inside : points,
    whole: points,
    part,
    stale: whole.isPlaceholderData,
    error: whole.error ?? zoomed.error,
    retry: () => void Promise.all([whole.refetch(), ...(steps === null ? [] : [zoomed.refetch()])]),
  };
}
