import { toNumber } from "@/lib/contracts/wire-number";
import { cn } from "@/components/ui/class-names";
import { FigureRow } from "@/components/ui/figure-row";
import type { Overlay } from "@/lib/contracts/overlay";
import { rateAt } from "@/lib/presenters/charts/lr-curve";
import { AS_DECLARED, ratioText } from "@/lib/presenters/charts/readout";
import { formatLr, fullPrecision } from "@/lib/presenters/format/number";

/** The LR that the optimizer reported last, against what the schedule says for that step; nothing without either. */
export function LrCard({ overlay: { lr, audit } }: { overlay: Overlay }) {
  const last = lr.actual?.points.at(-1);
  if (!last && !lr.declared) return null;
  if (!last) {
    return (
      <FigureRow title="LR now">
        <p className="text-sm text-muted">The job logs no learning rate to compare with the schedule.</p>
      </FigureRow>
    );
  }
  const declared = rateAt(lr.declared, last.step);
  const ratio = ratioText(toNumber(last.last), declared?.lr);
  return (
    <FigureRow
      title="LR now"
      aside={lr.key ? <span className="truncate text-xs text-muted">{lr.key}</span> : null}
    >
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-xl font-semibold tabular-nums" title={fullPrecision(last.last)}>
          {formatLr(last.last)}
        </span>
        {ratio === null || ratio === AS_DECLARED ? null : (
          <span
            className={cn("text-sm tabular-nums", audit.verdict === "drift" ? "text-drift" : "text-muted")}
          >
            {ratio} of declared
          </span>
        )}
      </p>
      <p className="text-sm text-muted tabular-nums">
        {declared ? declaredWords(declared.lr, ratio) : unknownWords(audit)}
      </p>
    </FigureRow>
  );
}

const unknownWords = ({ verdict }: Overlay["audit"]): string =>
  verdict === "no_schedule" ? "no schedule declared" : "declared to follow a metric that is not logged";

function declaredWords(declared: number, ratio: string | null): string {
  return ratio === AS_DECLARED ? "as declared" : `declared ${formatLr(declared)}`;
}
