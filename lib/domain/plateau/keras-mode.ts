import type { MetricMode } from "./plateau-policy";
import { PolicyError } from "./policy-error";
import { shown } from "./shown";

/** Names of Keras' own metrics that grow with quality (`_direction = "up"` in keras/src/metrics). */
const GROWING = /(^|_)(acc|accuracy|auc|precision|recall|f1_score|fbeta_score|r2_score|mean_io_u)$/;
const SHRINKING = /(^|_)(loss|error|mae|mse)$/;

/**
 * Keras' `mode="auto"`: the direction follows from the monitored metric (default `val_loss`), and Keras raises when it
 * cannot tell. Slashes count as separators, since our metric keys use them.
 */
export function inferKerasMode(monitor: unknown): MetricMode {
  const name = shown(monitor ?? "val_loss").replaceAll("/", "_");
  if (SHRINKING.test(name)) return "min";
  if (GROWING.test(name)) return "max";
  throw new PolicyError(
    "mode",
    `mode must be min or max: it does not follow from the name ${shown(monitor)}.`,
  );
}
