/** A firing of a policy, as it is kept. */
interface Fired {
  step: number;
  since_step: number | null;
  message: string;
  checks?: number;
  /** The last step of its plateau and its checks, once the metric has improved. */
  ended?: { step: number; checks: number };
  raises?: true;
}

/** The firings once the metric has improved on the best value of step `since`: the plateau of the last one has ended. */
export function withEnd<T extends Fired>(fired: readonly T[], since: number | null, ended: T["ended"]): T[] {
  const last = fired.at(-1);
  return last && last.since_step === since && !last.ended
    ? [...fired.slice(0, -1), { ...last, ended }]
    : [...fired];
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
  for (const { step, since_step, message, checks = null, ended, raises } of fired) {
    if (raises) continue;
    const last = plateaus.at(-1);
    const rest = { to_step: ended?.step ?? step, checks: ended?.checks ?? checks, message };
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
