"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { curvesQuery } from "@/lib/client/compare/queries";
import type { CompareResponse } from "@/lib/contracts/compare";
import { CELL_HEIGHT, CELL_WIDTH, presentMultiples } from "@/lib/presenters/compare/multiples";
import { type CompareView, whichOf } from "@/lib/presenters/compare/view";
import { Table } from "./table";

interface Props {
  view: CompareView;
  answer: CompareResponse;
  inks: ReadonlyMap<string, string>;
}

const MOST_METRICS = 6;
/** Narrow plots need few points. */
const BUCKETS = 60;

/** Every group by every metric, small: where else the schedules differ. */
export function MultiplesCard({ view, answer, inks }: Props) {
  const metrics = answer.metrics.slice(0, MOST_METRICS);
  const body = { ...whichOf(view), by: view.by, metrics, buckets: BUCKETS, members: 0, lr: false };
  const { data } = useQuery(curvesQuery(body, false));
  const omitted =
    metrics.length < answer.metrics.length ? `${metrics.length} of ${answer.metrics.length} metrics` : null;
  if (!data) return <Skeleton className="h-64" />;
  const model = presentMultiples(data.sets, answer.groups, inks, view.stat);
  return (
    <Card title="Every metric" aside={<span className="text-xs text-muted">{omitted}</span>}>
      <Table
        caption="Groups by metric"
        columns={[
          { id: "group", head: "group" },
          ...model.metrics.map((metric) => ({ id: metric, head: metric })),
        ]}
        rows={model.rows.map((row) => ({
          id: row.key,
          cells: [
            <span key="label" className="block max-w-56 truncate font-medium" title={row.label}>
              {row.label}
            </span>,
            ...row.cells.map((cell) => (
              <span key={cell.id} className="flex items-center gap-2 py-1">
                <svg
                  viewBox={`0 -2 ${CELL_WIDTH} ${CELL_HEIGHT + 4}`}
                  className="h-9 w-24 shrink-0"
                  aria-hidden
                >
                  <path d={cell.path} fill="none" stroke={row.css} strokeWidth={1.5} strokeLinejoin="round" />
                </svg>
                <span className="text-xs text-muted">{cell.last}</span>
              </span>
            )),
          ],
        }))}
      />
    </Card>
  );
}
