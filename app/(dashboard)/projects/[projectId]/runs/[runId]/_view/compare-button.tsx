"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { buttonClass } from "@/components/ui/button";
import { bestRunQuery } from "@/lib/client/runs/queries";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { compareHref } from "./compare-href";

/** Compares the run with the best of its project; the best one with all others. */
export function CompareButton({ run, primary }: { run: Run; primary: PrimaryMetric }) {
  const { data: best } = useQuery(bestRunQuery(run.project.id, primary));
  const other = best && best.id !== run.id ? best : null;
  return (
    <Link
      href={compareHref(run, other)}
      title={other ? `Compare with the best of the project, ${other.name}` : "Compare the project’s runs"}
      className={buttonClass("secondary")}
    >
      Compare
    </Link>
  );
}
