"use client";

import { useMemo } from "react";
import { RunsChart } from "@/components/charts/runs-chart";
import { Card } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import type { UrlPatch } from "@/lib/client/url/use-url-state";
import type { CompareResponse } from "@/lib/contracts/compare";
import { dimensionsOf } from "@/lib/presenters/compare/dimensions";
import { presentParallel } from "@/lib/presenters/compare/parallel-plot";
import { presentScatter } from "@/lib/presenters/compare/scatter-chart";
import { Parallel } from "./parallel";

interface Props {
  answer: CompareResponse;
  inks: ReadonlyMap<string, string>;
  against: string | null;
  setUrl: (patch: UrlPatch) => void;
}

/** What the runs differ in, against what came out. */
export function Explore({ answer, inks, against, setUrl }: Props) {
  const dimensions = useMemo(() => dimensionsOf(answer), [answer]);
  const chosen = dimensions.find(({ id }) => id === against) ?? dimensions[0];
  const scatter = useMemo(
    () => (chosen ? presentScatter(answer, chosen, inks) : null),
    [answer, chosen, inks],
  );
  const parallel = useMemo(
    () =>
      presentParallel(
        answer,
        dimensions.filter(({ id }) => !id.startsWith("metric.")),
        inks,
      ),
    [answer, dimensions, inks],
  );
  const others = answer.metrics.filter((key) => key !== answer.metric).map((key) => `metric.${key}`);
  const known = new Set(dimensions.map(({ id }) => id));
  const options = [
    ...dimensions.map(({ id, label }) => ({ value: id, label })),
    ...others.filter((id) => !known.has(id)).map((id) => ({ value: id, label: id.slice("metric.".length) })),
  ];
  if (!chosen) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 min-[1100px]:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <Card
        title={`Each run's ${answer.at} ${answer.metric}`}
        aside={
          <Select
            label="over"
            value={against ?? chosen.id}
            options={options}
            onChange={(next) => setUrl({ against: next })}
          />
        }
      >
        {scatter ? <RunsChart chart={scatter} className="h-64" /> : null}
      </Card>
      {parallel ? (
        <Card title="What the runs differ in">
          <Parallel plot={parallel} />
        </Card>
      ) : null}
    </div>
  );
}
