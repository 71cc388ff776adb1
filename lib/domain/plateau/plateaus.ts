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
  const plateaus: { since: number | null; plateau: Plateau }[] = [];
  for (const firing of fired.filter(({ raises }) => !raises)) {
    const last = plateaus.at(-1);
    const goesOn = last?.since === firing.since_step;
    const before = goesOn ? plateaus.pop()?.plateau : undefined;
    plateaus.push({ since: firing.since_step, plateau: withFiring(before, firing) });
  }
  const lasts = plateaus.at(-1)?.since === now.bestStep && now.lastStep !== null;
  return plateaus.map(({ plateau }, i) =>
    lasts && i === plateaus.length - 1 ? upTo(plateau, now) : plateau,
  );
}

/** The plateau as its latest firing tells it. */
function withFiring(before: Plateau | undefined, firing: Fired): Plateau {
  const { step, since_step: since, checks = null, message } = firing;
  const end = firing.ended ?? { step, checks };
  return {
    from_step: before?.from_step ?? since ?? step,
    to_step: end.step,
    checks: end.checks,
    message,
    fired: [...(before?.fired ?? []), step],
  };
}

const upTo = (plateau: Plateau, { lastStep, checks }: Now): Plateau => ({
  ...plateau,
  to_step: Math.max(plateau.to_step, lastStep ?? 0),
  checks,
});
