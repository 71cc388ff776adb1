/**
 * How much an audit may still work out. Counted, in formulas of its schedule, and not timed: a log has the same findings
 * on every machine.
 */
export interface Effort {
  /** Takes that much; false: so much is not left, and nothing was taken. */
  spend: (formulas: number) => boolean;
  /** From now on no more than this. Until it is said there is no end. */
  limit: (formulas: number) => void;
}

export function effort(most = Infinity): Effort {
  let left = most;
  return {
    spend: (formulas) => {
      if (formulas > left) return false;
      left -= formulas;
      return true;
    },
    limit: (formulas) => {
      left = formulas;
    },
  };
}

/** Asking for one LR takes as long as so many formulas, besides its own. */
export const ASKING = 8;
