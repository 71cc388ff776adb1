import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { Observation } from "@/lib/contracts/metrics";
import { fullPrecision } from "@/lib/presenters/format/number";

interface Props {
  metric: string;
  /** null: on their way. */
  rows: readonly Observation[] | null;
  busy: boolean;
  onStep: (step: number) => void;
}

const HEAD = ["step", "epoch", "time (UTC)", "value"] as const;

/** Observations with every digit; a step leads to its place on the chart. */
export function RawTable({ metric, rows, busy, onStep }: Props) {
  if (rows === null) return <Skeleton className="h-96" />;
  return (
    <div
      className="max-h-[32rem] overflow-auto rounded-lg border border-line"
      tabIndex={0}
      role="group"
      aria-busy={busy}
      aria-label={`Observations of ${metric}`}
    >
      <table className="w-full text-sm tabular-nums">
        <thead className="sticky top-0 bg-surface">
          <tr className="text-xs text-muted">
            {HEAD.map((head) => (
              <th key={head} scope="col" className="h-8 px-3 text-right font-medium whitespace-nowrap">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ step, epoch, time, value }, i) => (
            <tr key={`${step} ${time} ${i}`} className="border-t border-line hover:bg-surface">
              <th scope="row" className="h-7 px-3 text-right font-normal">
                <button
                  type="button"
                  title="Show on the chart"
                  onClick={() => onStep(step)}
                  className="rounded text-accent hover:underline"
                >
                  {step}
                </button>
              </th>
              <td className="px-3 text-right text-muted">{epoch ?? ""}</td>
              <td className="px-3 text-right whitespace-nowrap text-muted">{instant(time)}</td>
              <td className={cn("px-3 text-right font-mono", typeof value === "string" && "text-failed")}>
                {fullPrecision(value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length === 0 ? (
        <p className="px-3 py-6 text-center text-muted">Nothing was logged from this step on.</p>
      ) : null}
    </div>
  );
}

/** `2026-11-23 21:04:05.123` */
const instant = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().replace("T", " ").replace("Z", "");
