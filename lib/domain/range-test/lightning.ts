import { gradient } from "./gradient";
import { argMin, type Suggestion, type Sweep } from "./sweep";

const SKIP_BEGIN = 10;
const SKIP_END = 1;

/** What the slope is taken against. */
export type LightningAxis = "lr" | "log-lr";

/**
 * The steepest descent, without the first 10 points, the last one and those that are not finite. PyTorch Lightning
 * `_LRFinder.suggestion`: since 2.6 against the LR itself, where the tiny LRs of an exponential sweep dominate; before,
 * against the index, which on such a sweep is ln lr and far more useful. Null with fewer than two points.
 */
export function lightning({ lrs, losses }: Sweep, axis: LightningAxis): Suggestion | null {
  const kept = losses
    .map((loss, index) => ({ loss, index, lr: lrs[index] ?? NaN }))
    .slice(SKIP_BEGIN, -SKIP_END)
    .filter(({ loss }) => Number.isFinite(loss));
  if (kept.length < 2) return null;
  const slopes = gradient(
    kept.map(({ loss }) => loss),
    kept.map(({ lr }) => (axis === "lr" ? lr : Math.log(lr))),
  );
  const found = kept[argMin(slopes)];
  return found ? { index: found.index, lr: found.lr } : null;
}
