import { pointsPath } from "@/lib/presenters/charts/sparkline";

const WIDTH = 88;
const HEIGHT = 18;
const MARGIN = 1.5;

interface Point {
  step: number;
  /** Words are values that are not finite. */
  last: number | string | null;
}

interface Props {
  metric: readonly Point[];
  lr: readonly Point[];
  scale: "linear" | "log";
  css: string;
}

/** A metric over its LR, which is thin, both as logged: what went down when. */
export function Spark({ metric, lr, scale, css }: Props) {
  const ends = [...metric, ...lr].map(({ step }) => step);
  const x = { min: Math.min(0, ...ends), max: Math.max(1, ...ends) };
  const draw = (points: readonly Point[], height: (value: number) => number) =>
    pointsPath(
      points.map(({ step, last }) => ({ x: step, y: typeof last === "number" ? height(last) : null })),
      x,
      WIDTH - 2 * MARGIN,
      HEIGHT - 2 * MARGIN,
    );
  const height = (value: number) => (scale === "log" && value > 0 ? Math.log(value) : value);
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-[18px] w-[88px]" aria-hidden>
      <g transform={`translate(${MARGIN} ${MARGIN})`} fill="none" strokeLinejoin="round">
        <path d={draw(lr, (value) => value)} stroke="var(--faint)" strokeWidth={1} />
        <path d={draw(metric, height)} stroke={css} strokeWidth={1.5} />
      </g>
    </svg>
  );
}
