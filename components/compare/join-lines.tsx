import { cn } from "@/components/ui/class-names";
import type { IntervalRow } from "@/lib/presenters/compare/interval-plot";
import type { JoinMark } from "@/lib/presenters/compare/joins";

/** From one line to the next. */
const STEP = 7;

export const joinsWidth = (count: number): number => count * STEP;

const PIECE: Record<JoinMark["kind"], string> = {
  first: "top-1/2 bottom-0",
  middle: "inset-y-0",
  last: "top-0 bottom-1/2",
  past: "inset-y-0",
  none: "hidden",
};

/** A row's piece of the lines that join groups which are not told apart: a dot where the group belongs to the line. */
export function JoinLines({ marks }: { marks: readonly JoinMark[] }) {
  return (
    <span aria-hidden className="relative h-7" style={{ width: joinsWidth(marks.length) }}>
      {marks.map(({ kind }, i) => (
        <span key={i} className="absolute inset-y-0 w-[5px]" style={{ left: i * STEP }}>
          <span className={cn("absolute left-[2px] w-px bg-muted", PIECE[kind])} />
          {kind === "past" || kind === "none" ? null : (
            <span className="absolute top-1/2 left-0 size-[5px] -translate-y-1/2 rounded-full bg-muted" />
          )}
        </span>
      ))}
    </span>
  );
}

/** What the lines mean; the pairs behind them are in a table of their own. */
export function JoinNote({ rows }: { rows: readonly IntervalRow[] }) {
  return (rows[0]?.joins.length ?? 0) === 0 ? null : (
    <p className="mt-1 text-xs text-muted">Groups joined by a line cannot be told apart.</p>
  );
}
