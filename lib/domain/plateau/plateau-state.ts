/** Whether what a run's policies watch still moves. */
export const PLATEAU_STATES = ["flat", "moving"] as const;
export type PlateauState = (typeof PLATEAU_STATES)[number];

interface Firing {
  /** Where the metric improved again. */
  ended?: object;
  /** The metric keeps improving, and the rule asks for a higher LR. */
  raises?: true;
}

/** By the firings of each of a run's policies; null for a run without any. */
export function plateauState(policies: readonly { fired: readonly Firing[] }[]): PlateauState | null {
  if (policies.length === 0) return null;
  const isFlat = policies.some(({ fired }) => {
    const last = fired.at(-1);
    return last !== undefined && last.ended === undefined && last.raises !== true;
  });
  return isFlat ? "flat" : "moving";
}
