import { cutsOf } from "./joined";
import { restFrom, riseEnd, type Series, seriesOf } from "./series";

const MOST_POINTS = 2000;
const JUMP = 0.02;
/** A log that jumps more often than this is noise, whose jumps tell nothing. */
const MOST_JUMPS = MOST_POINTS / 4;

/** A long log thinned evenly, with both sides of every change of a log that moves seldom, and of where it turns. */
export function thinSeries(series: Series): Series {
  const { steps, lrs } = series;
  if (steps.length <= MOST_POINTS) return series;
  const never = () => false;
  const changed = (i: number) => i > 0 && lrs[i] !== lrs[i - 1];
  const changes = lrs.reduce((count, _, i) => count + (changed(i) ? 1 : 0), 0);
  const jumps = (i: number) =>
    i > 0 && Math.abs((lrs[i] ?? 0) - (lrs[i - 1] ?? 0)) > JUMP * Math.max(lrs[i] ?? 0, lrs[i - 1] ?? 0);
  const jumping = lrs.reduce((count, _, i) => count + (jumps(i) ? 1 : 0), 0);
  const kept = changes < MOST_JUMPS ? changed : jumping < MOST_JUMPS ? jumps : never;
  const stride = Math.ceil((2 * steps.length) / MOST_POINTS);
  const turns = turnsOf(series);
  const keep = steps.flatMap((_, i) =>
    i % stride === 0 || i === steps.length - 1 || kept(i) || kept(i + 1) || turns.has(i) ? [i] : [],
  );
  return seriesOf(
    keep.map((i) => steps[i] ?? 0),
    keep.map((i) => lrs[i] ?? 0),
    series,
  );
}

const AROUND = [-3, -2, -1, 0, 1, 2, 3];

/** Indices about which the log changes its ways: were they missing, its lengths would not be whole. */
function turnsOf(series: Series): Set<number> {
  const cuts = cutsOf(series);
  const few = cuts.length <= MOST_POINTS / 20 ? cuts : [];
  return new Set([...few, restFrom(series), riseEnd(series)].flatMap((at) => AROUND.map((by) => at + by)));
}
