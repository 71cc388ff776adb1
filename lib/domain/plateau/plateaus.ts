/** A firing of a policy, as it is kept. */
interface Fired {
  step: number;
  since_step: number | null;
  /** What the last one of its plateau says. */
  message?: string;
  checks?: number;
  /** The last step of its plateau and its checks, once the metric has improved. */
  ended?: { step: number; checks: number };
  raises?: true;
}

/** The last firing once the metric has improved on the best value of step `since`: its plateau has ended. */
export const withEnd = <T extends Fired>(last: T, since: number | null, ended: T["ended"]): T =>
  last.since_step === since && !last.ended ? { ...last, ended } : last;

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
  const found: { since: number | null; plateau: Plateau }[] = [];
  for (const firing of fired) {
    if (firing.raises) continue;
    const last = found.at(-1);
    if (last?.since === firing.since_step) goOn(last.plateau, firing);
    else found.push({ since: firing.since_step, plateau: beginning(firing) });
  }
  const last = found.at(-1);
  if (last?.since === now.bestStep && now.lastStep !== null) {
    last.plateau.to_step = Math.max(last.plateau.to_step, now.lastStep);
    last.plateau.checks = now.checks;
  }
  return found.map(({ plateau }) => plateau);
}

function beginning(firing: Fired): Plateau {
  const { step, since_step: since } = firing;
  const plateau: Plateau = { from_step: since ?? step, to_step: step, checks: null, message: "", fired: [] };
  goOn(plateau, firing);
  return plateau;
}

/** The plateau as a later firing tells it. */
function goOn(plateau: Plateau, { step, checks, ended, message }: Fired): void {
  plateau.to_step = ended?.step ?? step;
  plateau.checks = ended?.checks ?? checks ?? null;
  plateau.message = message ?? plateau.message;
  plateau.fired.push(step);
}
