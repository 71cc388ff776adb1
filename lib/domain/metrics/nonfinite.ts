/** Databases disagree about NaN and infinities, so a value is stored as a finite number and one of these codes. */
export const FINITE = 0;
export const NAN = 1;
export const POS_INF = 2;
export const NEG_INF = 3;

export function nonfiniteCode(value: number): number {
  if (Number.isFinite(value)) return FINITE;
  if (Number.isNaN(value)) return NAN;
  return value > 0 ? POS_INF : NEG_INF;
}

/** What stands in the value column: -0 and 0 are one number there. */
export const storedValue = (value: number): number => (Number.isFinite(value) && value !== 0 ? value : 0);

export function decodeValue(stored: number, code: number): number {
  if (code === FINITE) return stored;
  if (code === NAN) return Number.NaN;
  return code === POS_INF ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
}
