"use client";

import { Button } from "@/components/ui/button";
import {
  formatInteger,
  formatLr,
  formatValue,
  fullPrecision,
  NO_VALUE,
} from "@/lib/presenters/format/number";
import { runColor } from "@/lib/presenters/format/run-color";
import type { Preview } from "@/lib/presenters/schedules/preview";

interface Props {
  previews: readonly Preview[];
  totalSteps: number;
  /** Whether a candidate can be stretched to the training's length. */
  canFit: (id: number) => boolean;
  onFit: (id: number) => void;
}

const HEAD =
  "h-7 px-2 text-right text-xs font-medium whitespace-nowrap text-muted first:pl-0 first:text-left";
const CELL = "h-8 px-2 text-right font-mono whitespace-nowrap tabular-nums";

/** Each candidate in numbers: where it peaks and ends, and how much LR it gives in all. */
export function FiguresTable({ previews, totalSteps, canFit, onFit }: Props) {
  const shown = previews.filter(({ candidate, figures }) => figures !== null && !candidate.hidden);
  if (shown.length === 0) return null;
  return (
    <div className="overflow-x-auto" role="region" aria-label="Figures" tabIndex={0}>
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={HEAD}>
              Schedule
            </th>
            <th scope="col" className={HEAD}>
              Peak
            </th>
            <th scope="col" className={HEAD}>
              at step
            </th>
            <th scope="col" className={HEAD}>
              Last step
            </th>
            <th scope="col" className={HEAD} title="The sum of the LRs of all steps">
              Area Σ lr
            </th>
            <th scope="col" className={HEAD}>
              Ends at
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ candidate, figures }) =>
            figures === null ? null : (
              <tr key={candidate.id} className="border-b border-line">
                <th scope="row" className="max-w-48 truncate pr-2 text-left font-normal">
                  <span
                    aria-hidden
                    className="mr-2 inline-block size-2 rounded-full"
                    style={{ background: runColor(candidate.id) }}
                  />
                  {candidate.name}
                  {figures.groups > 1 ? (
                    <span className="text-muted"> · first of {figures.groups} groups</span>
                  ) : null}
                </th>
                <td className={CELL} title={fullPrecision(figures.peak.lr)}>
                  {formatLr(figures.peak.lr)}
                </td>
                <td className={CELL}>{formatInteger(figures.peak.step)}</td>
                <td className={CELL} title={fullPrecision(figures.end)}>
                  {formatLr(figures.end)}
                </td>
                <td className={CELL} title={fullPrecision(figures.area)}>
                  {formatValue(figures.area)}
                </td>
                <td className={CELL}>
                  <Ends
                    length={figures.length}
                    totalSteps={totalSteps}
                    needsMetrics={figures.needsMetrics}
                    onFit={canFit(candidate.id) ? () => onFit(candidate.id) : null}
                  />
                </td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

interface EndsProps {
  length: number | null;
  totalSteps: number;
  needsMetrics: boolean;
  onFit: (() => void) | null;
}

function Ends({ length, totalSteps, needsMetrics, onFit }: EndsProps) {
  if (needsMetrics) return <span className="font-sans text-muted">follows a metric</span>;
  if (length === null) return <span className="font-sans text-muted">goes on</span>;
  return (
    <>
      {Number.isFinite(length) ? formatInteger(length) : NO_VALUE}
      {length !== totalSteps && onFit ? (
        <Button size="small" variant="ghost" onClick={onFit} className="ml-1 h-6 font-sans text-accent">
          Fit to {formatInteger(totalSteps)}
        </Button>
      ) : null}
    </>
  );
}
