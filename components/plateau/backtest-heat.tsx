"use client";

import { useQuery } from "@tanstack/react-query";
import { PanelError } from "@/components/ui/panel-error";
import { Select } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { heatMap, type HeatCell, type HeatMap, SWEEP } from "@/lib/presenters/plateau/backtest-table";
import { type PolicyCandidate, policyOf } from "@/lib/presenters/plateau/candidates";
import { backtestQuery } from "./backtest-queries";

interface Props {
  runId: string;
  candidates: readonly PolicyCandidate[];
  /** Whose patience and threshold are varied. */
  of: PolicyCandidate;
  onOf: (letter: string) => void;
  /** null: there is no room for another candidate. */
  onPick: ((setting: { patience: number; threshold: number }) => void) | null;
}

/** How often the policy would have fired for each patience and threshold; a cell becomes a candidate. */
export function BacktestHeat({ runId, candidates, of, onOf, onPick }: Props) {
  const body = { policies: [policyOf(of)], sweep: { policy: 0, ...SWEEP } };
  const { data, error, refetch } = useQuery(backtestQuery(runId, body));
  return (
    <section aria-labelledby="heat-title" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <h3 id="heat-title" className="text-sm font-medium">
          Patience and threshold
        </h3>
        <Select
          label="of policy"
          value={of.letter}
          options={candidates.map(({ letter }) => ({ value: letter, label: letter }))}
          onChange={onOf}
        />
        <span className="text-sm text-muted">
          How often it would have fired, and the first step. A dot: before the stall. Click a cell to try it.
        </span>
      </div>
      {error ? <PanelError reason={sentenceOf(error)} onRetry={() => void refetch()} /> : null}
      {data?.sweep ? (
        <Grid map={heatMap(data.sweep)} onPick={onPick} />
      ) : error ? null : (
        <Skeleton className="h-72" />
      )}
    </section>
  );
}

function Grid({ map, onPick }: { map: HeatMap; onPick: Props["onPick"] }) {
  return (
    <div
      className="relative overflow-x-auto"
      tabIndex={0}
      role="group"
      aria-label="Firings by patience and threshold"
    >
      <table className="border-separate border-spacing-0.5 text-sm tabular-nums">
        <caption className="sr-only">Firings by patience (rows) and threshold (columns)</caption>
        <thead>
          <tr className="text-xs text-muted">
            <th scope="col" className="max-w-16 px-2 text-left font-medium sm:max-w-none">
              patience ↓ threshold →
            </th>
            {map.thresholds.map((threshold) => (
              <th key={threshold} scope="col" className="px-2 py-1 text-center font-mono font-medium">
                {threshold}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {map.rows.map(({ patience, cells }) => (
            <tr key={patience}>
              <th scope="row" className="px-2 text-right font-mono font-medium text-muted">
                {patience}
              </th>
              {cells.map((cell) => (
                <td key={cell.threshold} className="p-0">
                  <CellButton cell={cell} onPick={onPick} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The number says it; the colour only makes the pattern seen. */
function CellButton({ cell, onPick }: { cell: HeatCell; onPick: Props["onPick"] }) {
  const { patience, threshold, count, first, early, share, label } = cell;
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      disabled={onPick === null}
      onClick={() => onPick?.({ patience, threshold })}
      className="flex h-8 w-14 items-baseline justify-center gap-1 rounded border border-transparent sm:w-20 hover:border-accent disabled:cursor-not-allowed"
      style={{
        background: `color-mix(in oklab, var(--accent) ${Math.round(4 + share * 28)}%, var(--ground))`,
      }}
    >
      <span className="leading-8 font-medium">{count}</span>
      {first ? <span className="text-xs max-sm:hidden">@{first}</span> : null}
      {early ? <span aria-hidden>•</span> : null}
    </button>
  );
}
