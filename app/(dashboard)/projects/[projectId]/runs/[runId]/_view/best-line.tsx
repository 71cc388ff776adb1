"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { bestRunQuery } from "@/lib/client/runs/queries";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { againstBest } from "@/lib/presenters/metrics/best-of-project";
import { compareHref } from "./compare-href";

interface Props {
  run: Run;
  primary: PrimaryMetric;
}

/** How far the run is from the best of its project, and the way to compare the two. */
export function BestLine({ run, primary }: Props) {
  const { data: best, isPending } = useQuery(bestRunQuery(run.project.id, primary));
  if (isPending) return <span className="text-muted">…</span>;
  const against = againstBest(run, best ?? null, primary);
  if (!against || !best) return <>not known, as this run has no {primary.key}</>;
  if (best.id === run.id) return <>this is the best run of the project</>;
  const home = `/projects/${encodeURIComponent(best.project.id)}/runs/${encodeURIComponent(best.id)}`;
  return (
    <span className="flex flex-wrap items-center gap-x-2" title={against.detail}>
      <span className="tabular-nums">
        {against.distance === null ? "as good as the best, " : `${against.distance} the best, `}
        <Link href={home} className="text-accent underline underline-offset-2">
          {best.name}
        </Link>
      </span>
      <Link href={compareHref(run, best)} className="rounded text-accent underline underline-offset-2">
        Compare
      </Link>
    </span>
  );
}
