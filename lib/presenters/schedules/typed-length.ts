/** The longest training that can be drawn, and the most updates of an epoch. */
export const MOST_STEPS = 1e9;

/** A length as it was typed, or what is wrong with it in the words of a form. */
export type TypedLength = { readonly value: number } | { readonly error: string };

/** Optimizer updates of a training. */
export function typedSteps(text: string): TypedLength {
  const typed = typedNumber(text);
  if ("error" in typed) return typed;
  if (!Number.isInteger(typed.value)) return { error: "must be a whole number" };
  return typed.value < 2 ? { error: "must be at least 2" } : typed;
}

/** Optimizer updates of an epoch. */
export function typedPerEpoch(text: string): TypedLength {
  const typed = typedNumber(text);
  return "value" in typed && typed.value <= 0 ? { error: "must be more than 0" } : typed;
}

function typedNumber(text: string): TypedLength {
  if (text.trim() === "") return { error: "is needed" };
  const value = Number(text);
  if (!Number.isFinite(value)) return { error: "must be a number" };
  return value > MOST_STEPS ? { error: `must be at most ${MOST_STEPS}` } : { value };
}
