import { dashText } from "@/lib/presenters/charts/inks";
import { rulePath, valuesPath } from "@/lib/presenters/charts/sparkline";
import { cn } from "@/components/ui/class-names";

interface Props {
  /** The schedule at evenly spaced steps; null: it follows a metric. */
  lrs: readonly number[] | null;
  /** Names the schedule for screen readers; empty when the name stands beside it. */
  label?: string;
  className?: string;
}

const WIDTH = 56;
const HEIGHT = 16;
const MARGIN = 1.5;

/** A declared schedule's curve, or the sign of a rule that follows a metric, small enough for a table row and large enough to be recognised. */
export function ScheduleThumb({ lrs, label = "", className }: Props) {
  const [width, height] = [WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN];
  const path = lrs === null ? rulePath(width, height) : valuesPath(lrs, width, height);
  const name = label === "" ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className={cn("h-4 w-14 shrink-0", className)} {...name}>
      <path
        d={path}
        transform={`translate(${MARGIN} ${MARGIN})`}
        fill="none"
        stroke="var(--chart-lr)"
        strokeWidth={1.25}
        strokeDasharray={lrs === null ? undefined : dashText("declared", 0.5)}
        strokeLinejoin="round"
      />
    </svg>
  );
}
