import { cn } from "@/components/ui/class-names";
import { dashText } from "@/lib/presenters/charts/inks";
import { CURVE_BOX } from "@/lib/presenters/schedules/curve-box";

interface Props {
  /** An SVG path in `CURVE_BOX`; "" draws only the ground. */
  path: string;
  /** The line's colour, as a CSS value. */
  css?: string;
  className?: string;
}

/** A declared schedule's curve on its zero line. The words stand beside it. */
export function Curve({ path, css = "var(--chart-lr)", className }: Props) {
  const { width, height } = CURVE_BOX;
  return (
    <svg
      viewBox={`-1 -2 ${width + 2} ${height + 4}`}
      preserveAspectRatio="none"
      aria-hidden
      className={cn("block weak:h-14 weak:w-full", className)}
    >
      <line
        x1="0"
        x2={width}
        y1={height}
        y2={height}
        stroke="var(--line)"
        vectorEffect="non-scaling-stroke"
      />
      <path
        d={path}
        fill="none"
        stroke={css}
        strokeWidth={1.5}
        strokeDasharray={dashText("declared")}
        strokeLinejoin="round"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}
