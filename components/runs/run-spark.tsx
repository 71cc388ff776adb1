"use client";

import { useQuery } from "@tanstack/react-query";
import { Spark } from "@/components/charts/spark";
import { sparkQuery } from "@/lib/client/runs/row-queries";
import type { RunRow } from "@/lib/presenters/runs/run-row";

interface Props {
  row: RunRow;
  metric: string;
  scale: "linear" | "log";
  css: string;
}

/** The run's metric in its colour, over its LR. */
export function RunSpark({ row, metric, scale, css }: Props) {
  const { data } = useQuery(sparkQuery(row.id, metric, row.run.lr_metric));
  return <Spark metric={data?.metric ?? []} lr={data?.lr ?? []} scale={scale} css={css} />;
}
