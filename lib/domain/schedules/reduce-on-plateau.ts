/**
 * Cut by `factor` when the metric `monitor` stops improving; torch ReduceLROnPlateau's arguments and defaults. What it
 * does depends on metrics: on its own it stays at `peak`.
 */
export interface ReduceOnPlateauSpec {
  kind: "reduce_on_plateau";
  peak: number;
  monitor: string;
  mode?: "min" | "max";
  factor?: number;
  patience?: number;
  threshold?: number;
  threshold_mode?: "rel" | "abs";
  cooldown?: number;
  min_lr?: number;
  eps?: number;
}
