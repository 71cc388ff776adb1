/**
 * Lighthouse's performance score from measured figures. Its log-normal curves, desktop control points and weights are
 * those of Lighthouse 12: https://developer.chrome.com/docs/lighthouse/performance/performance-scoring and, in its
 * source, shared/statistics.js (`getLogNormalScore`), core/audits/metrics and core/config/default-config.js.
 */
export interface PageTimes {
  /** First and largest contentful paint, milliseconds. */
  fcp: number;
  lcp: number;
  /** Milliseconds of long tasks beyond their first 50. */
  tbt: number;
  cls: number;
  /** Milliseconds. What bounds it from above may stand for it: then the score is a lower bound. */
  speedIndex: number;
}

/** `p10` is what scores 0.9, `median` what scores 0.5. */
const CURVES: Readonly<Record<keyof PageTimes, { weight: number; p10: number; median: number }>> = {
  fcp: { weight: 10, p10: 934, median: 1600 },
  lcp: { weight: 25, p10: 1200, median: 2400 },
  tbt: { weight: 30, p10: 150, median: 350 },
  cls: { weight: 25, p10: 0.1, median: 0.25 },
  speedIndex: { weight: 10, p10: 1311, median: 2300 },
};

/** 0 to 100. */
export function performanceScore(times: PageTimes): number {
  const parts = [
    part(CURVES.fcp, times.fcp),
    part(CURVES.lcp, times.lcp),
    part(CURVES.tbt, times.tbt),
    part(CURVES.cls, times.cls),
    part(CURVES.speedIndex, times.speedIndex),
  ];
  return parts.reduce((sum, one) => sum + one, 0);
}

const part = ({ weight, p10, median }: { weight: number; p10: number; median: number }, value: number) =>
  weight * logNormalScore(p10, median, value);

/** erfc⁻¹(1/5) */
const INVERSE_ERFC_ONE_FIFTH = 0.9061938024368232;

/** The share of a log-normal distribution above `value`. */
export function logNormalScore(p10: number, median: number, value: number): number {
  if (value <= 0) return 1;
  const x = (Math.log(value / median) * INVERSE_ERFC_ONE_FIFTH) / Math.log(median / p10);
  return (1 - erf(x)) / 2;
}

/** Abramowitz and Stegun 7.1.26, error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}
