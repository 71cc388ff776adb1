/** After so many tries a delivery has failed. */
export const MAX_ATTEMPTS = 10;
const FIRST_S = 20;
const LONGEST_S = 3600;

/**
 * Seconds until the next try after `attempts` of them: twice as long each time, up to an hour, of which a random half
 * keeps channels that failed together from coming back together. `random` is in [0, 1).
 */
export function retryDelay(attempts: number, random: number): number {
  const whole = Math.min(LONGEST_S, FIRST_S * 2 ** (attempts - 1));
  return (whole / 2) * (1 + random);
}
