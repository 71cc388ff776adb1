import type { LrCurve, Overlay } from "@/lib/contracts/overlay";
import type { OverlaySeries } from "./overlay-series";
import { rateAt } from "./lr-curve";
import type { Samples } from "./samples";
import type { Column, RowPlace } from "./table";

/** Metrics and LRs side by side, values in full; a schedule only where it was evaluated. */
export function overlayColumns(
  { lr }: Overlay,
  series: readonly OverlaySeries[],
  samples: ReadonlyMap<string, Samples>,
): Column[] {
  const logged = series.flatMap(({ id, label }) => {
    const own = samples.get(id);
    return own ? [{ head: label, at: (place: RowPlace) => own.in(place)?.text ?? "" }] : [];
  });
  return [...logged, ...scheduled("LR declared", lr.declared), ...scheduled("LR effective", lr.effective)];
}

function scheduled(head: string, curve: LrCurve | null): Column[] {
  if (!curve) return [];
  return curve.lrs.map((_, group) => ({
    head: curve.lrs.length === 1 ? head : `${head}, group ${group}`,
    at: ({ step }) => {
      const rate = rateAt(curve, step, group);
      return rate?.exact ? String(rate.lr) : "";
    },
  }));
}
