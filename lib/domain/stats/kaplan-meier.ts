/** How long something took, or how long it was watched without happening. */
export interface Lifetime {
  time: number;
  /** It happened then; otherwise nobody looked any longer. */
  happened: boolean;
}

export interface Surviving {
  time: number;
  /** Share to which it has not happened by then. */
  share: number;
}

/**
 * The product-limit estimate of what is yet to happen, a step at each time when something did: S(t) = Π (1 − dᵢ / nᵢ) over
 * the times tᵢ ≤ t, dᵢ happening and nᵢ watched until then. Kaplan & Meier 1958. What is watched up to a time counts as
 * watched at it.
 */
export function kaplanMeier(lifetimes: readonly Lifetime[]): Surviving[] {
  const times = [...new Set(lifetimes.flatMap(({ time, happened }) => (happened ? [time] : [])))];
  let share = 1;
  return times
    .sort((a, b) => a - b)
    .map((at) => {
      const watched = lifetimes.filter(({ time }) => time >= at).length;
      const happening = lifetimes.filter(({ time, happened }) => happened && time === at).length;
      share *= 1 - happening / watched;
      return { time: at, share };
    });
}

/** A share that is a half but for rounding. */
const SLACK = 1e-12;

/**
 * The time by which it has happened to half; where exactly half are left for a while, the middle of that while, so that it
 * is the ordinary median when all were watched to the end. Null: it has not happened to half, or nobody can tell yet.
 */
export function medianLifetime(lifetimes: readonly Lifetime[]): number | null {
  const curve = kaplanMeier(lifetimes);
  const at = curve.findIndex(({ share }) => share <= 0.5 + SLACK);
  const [found, next] = [curve[at], curve[at + 1]];
  if (!found || found.share < 0.5 - SLACK) return found?.time ?? null;
  return next ? (found.time + next.time) / 2 : null;
}
