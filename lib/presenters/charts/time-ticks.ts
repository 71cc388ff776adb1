import { formatDuration } from "@/lib/presenters/format/duration";
import type { Tick } from "./chart-model";
import { linearTicks, valueTicks } from "./ticks";

const SECOND_STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
];

/** Seconds at round intervals of a clock: 15 s, 5 min, 6 h. Below a second decimals, beyond a day whole days. */
function clockTicks(min: number, max: number, count: number): number[] {
  const rough = (max - min) / Math.max(1, count);
  if (rough < 1) return linearTicks(min, max, count);
  const step = SECOND_STEPS.find((seconds) => seconds >= rough) ?? Math.ceil(rough / 86_400) * 86_400;
  const first = Math.ceil(min / step);
  return Array.from(
    { length: Math.max(0, Math.floor(max / step) - first + 1) },
    (_, i) => (first + i) * step,
  );
}

/** Seconds since the run began: `0s`, `30s`, `1m 30s`. */
export function relativeTicks(min: number, max: number, count: number): Tick[] {
  const ticks = clockTicks(min, max, count);
  const exact = ticks.every(Number.isInteger);
  if (!exact) return valueTicks(ticks).map(({ value, label }) => ({ value, label: `${label}s` }));
  return ticks.map((value) => ({ value, label: formatDuration(value) }));
}

/** Unix seconds as UTC, as precise as their distance needs: `21:04:05`, `21:04`, `11-23 21:04`. */
export function wallTicks(min: number, max: number, count: number): Tick[] {
  const span = max - min;
  return clockTicks(min, max, count).map((value) => {
    const iso = new Date(value * 1000).toISOString();
    const clock = span < 600 ? iso.slice(11, 19) : iso.slice(11, 16);
    return { value, label: span > 86_400 ? `${iso.slice(5, 10)} ${clock}` : clock };
  });
}
