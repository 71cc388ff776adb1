/** A firing of a policy, as it is kept. */
interface Fired {
  step: number;
  since_step: number | null;
  message: string;
  checks?: number;
  raises?: true;
}

/** How far the policy has come. */
interface Now {
  bestStep: number | null;
  lastStep: number | null;
  /** Checks since the best value. */
  checks: number;
}

/** A stretch over which a metric did not improve, however often the rule fired on it. */
export interface Plateau {
  from_step: number;
  to_step: number;
  /** Checks on the plateau so far; null for firings from before they were counted. */
  checks: number | null;
  message: string;
  /** The steps that fired. */
  fired: number[];
}

/**
 * The plateaus behind a policy's firings: all that fired since the same best value are one. The last one goes on for as
 * long as nothing improves. A rule that raises the LR while the metric improves fires on no plateau.
 */
export function plateausOf(fired: readonly Fired[], now: Now): Plateau[] {
  const plateaus: Plateau[] = [];
  let since: number | null | undefined;
  for (const { step, since_step, message, checks = null, raises } of fired) {
    if (raises) continue;
    const last = plateaus.at(-1);
    const rest = { to_step: step, checks, message };
    if (last && since === since_step)
      plateaus[plateaus.length - 1] = { ...last, ...rest, fired: [...last.fired, step] };
    else plateaus.push({ from_step: since_step ?? step, ...rest, fired: [step] });
    since = since_step;
  }
  const last = plateaus.at(-1);
  if (!last || since !== now.bestStep || now.lastStep === null) return plateaus;
  return [
    ...plateaus.slice(0, -1),
    { ...last, to_step: Math.max(last.to_step, now.lastStep), checks: now.checks },
  ];
}
