"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { RunsChart } from "@/components/charts/runs-chart";
import { Button } from "@/components/ui/button";
import { PanelError } from "@/components/ui/panel-error";
import { Skeleton } from "@/components/ui/skeleton";
import { ProblemError, sentenceOf } from "@/lib/client/http/problem-error";
import { projectSeriesQuery } from "@/lib/client/metrics/queries";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { presentBacktestChart } from "@/lib/presenters/plateau/backtest-chart";
import { backtestRows } from "@/lib/presenters/plateau/backtest-table";
import {
  freeLetter,
  type PolicyCandidate,
  policyOf,
  startCandidates,
  withCandidate,
} from "@/lib/presenters/plateau/candidates";
import { BacktestCandidates } from "./backtest-candidates";
import { BacktestHeat } from "./backtest-heat";
import { backtestQuery } from "./backtest-queries";
import { BacktestTable } from "./backtest-table";
import { useSavePolicy } from "./use-save-policy";

interface Props {
  run: Pick<Run, "id" | "name" | "project">;
  policies: readonly PlateauPolicyState[];
  metrics: readonly string[];
  primary: PrimaryMetric | null;
}

/** Policies side by side on what the run logged: when each would have fired, and how that hangs on its settings. */
export function BacktestPanel({ run, policies, metrics, primary }: Props) {
  const [candidates, setCandidates] = useState(() =>
    startCandidates(
      policies.map(({ policy }) => policy),
      primary?.key ?? metrics[0] ?? "val/loss",
      primary?.mode ?? "min",
    ),
  );
  // What was last asked for; fields that are being typed into wait for Enter.
  const [asked, setAsked] = useState(candidates);
  const change = (next: PolicyCandidate[], isWhole: boolean) => {
    setCandidates(next);
    if (isWhole) setAsked(next);
  };
  const query = useQuery(backtestQuery(run.id, { policies: asked.map(policyOf) }));
  const isFull = freeLetter(candidates) === null;
  const last = candidates.at(-1);
  return (
    <section aria-labelledby="backtest-title" className="flex flex-col gap-4">
      <header>
        <h2 id="backtest-title" className="text-base font-semibold">
          Backtest
        </h2>
        <p className="max-w-prose text-sm text-muted">
          When policies would have fired on what this run logged. It says nothing about what the metric would
          have been after a cut.
        </p>
      </header>
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(candidates);
        }}
      >
        <BacktestCandidates
          candidates={candidates}
          metrics={metrics}
          problems={problemsOf(query.error)}
          onChange={change}
        />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" variant="primary" disabled={candidates.length === 0}>
            Run backtest
          </Button>
          <Button
            disabled={isFull}
            onClick={() =>
              change(
                last ? withCandidate(candidates, last.draft) : startCandidates([], metrics[0] ?? "", "min"),
                true,
              )
            }
          >
            Add a policy
          </Button>
        </div>
      </form>
      {query.error ? (
        <PanelError reason={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      ) : null}
      <Outcome
        {...{ run, policies, asked }}
        data={query.error ? undefined : query.data}
        onPick={
          isFull ? null : (like, setting) => change(withCandidate(candidates, like.draft, setting), true)
        }
      />
    </section>
  );
}

interface OutcomeProps extends Pick<Props, "run" | "policies"> {
  asked: readonly PolicyCandidate[];
  data: { base_lr: number | null; policies: readonly Tried["result"][] } | undefined;
  onPick: ((like: PolicyCandidate, setting: { patience: number; threshold: number }) => void) | null;
}

type Tried = Parameters<typeof presentBacktestChart>[0]["tried"][number];

function Outcome({ run, policies, asked, data, onPick }: OutcomeProps) {
  const [swept, setSwept] = useState<string | null>(null);
  const save = useSavePolicy(run.id, policies);
  const tried = useMemo(
    () =>
      asked.flatMap(({ letter }, i): Tried[] =>
        data?.policies[i] ? [{ letter, result: data.policies[i] }] : [],
      ),
    [asked, data],
  );
  const of = asked.find(({ letter }) => letter === swept) ?? asked[0];
  if (!of)
    return <p className="text-sm text-muted">No policy is tried. Add one to see when it would have fired.</p>;
  const onSave = (letter: string, action: "recommend" | "apply") => {
    const candidate = asked.find((other) => other.letter === letter);
    if (candidate) save.mutate({ ...policyOf(candidate), action });
  };
  return (
    <>
      {[...new Set(tried.map(({ result }) => result.metric))].map((metric) => (
        <MetricChart
          key={metric}
          run={run}
          metric={metric}
          tried={tried.filter(({ result }) => result.metric === metric)}
        />
      ))}
      {data ? (
        <BacktestTable rows={backtestRows(tried, data.base_lr)} onSave={save.isPending ? null : onSave} />
      ) : (
        <Skeleton className="h-24" />
      )}
      <BacktestHeat
        runId={run.id}
        candidates={asked}
        of={of}
        onOf={setSwept}
        onPick={onPick && ((setting) => onPick(of, setting))}
      />
    </>
  );
}

function MetricChart({ run, metric, tried }: { run: Props["run"]; metric: string; tried: readonly Tried[] }) {
  const body = { runs: [run.id], keys: [metric], buckets: 800, x: "step" as const };
  const { data } = useQuery(projectSeriesQuery(run.project.id, body));
  const chart = useMemo(
    () => (data ? presentBacktestChart({ series: data.series, run, metric, tried }) : null),
    [data, run, metric, tried],
  );
  return chart ? <RunsChart chart={chart} className="h-72" /> : <Skeleton className="h-80" />;
}

/** What the server has against the candidates, by candidate and field. */
function problemsOf(error: Error | null): Record<string, string>[] {
  const found: Record<string, string>[] = [];
  for (const { name, reason } of error instanceof ProblemError ? (error.problem.invalid_params ?? []) : []) {
    const [, index, field] = /^policies\[(\d+)\]\.?(.*)$/.exec(name) ?? [];
    if (index !== undefined) found[Number(index)] = { ...found[Number(index)], [field || "policy"]: reason };
  }
  return found;
}
