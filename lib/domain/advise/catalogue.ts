import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { SOURCES, type Source } from "./sources";

/** A family of schedules as a gallery shows it. */
export interface CatalogueEntry {
  kind: ScheduleSpec["kind"];
  title: string;
  /** In a line, what the LR does. */
  summary: string;
  /** When to use it. */
  use: string;
  typical: readonly { parameter: string; value: string }[];
  /** Who introduced it, or made it known for neural networks; null for common practice without a single origin. */
  source: Source | null;
  /** Over about 1 000 steps. */
  example: ScheduleSpec;
}

const typical = (values: Record<string, string>): CatalogueEntry["typical"] =>
  Object.entries(values).map(([parameter, value]) => ({ parameter, value }));

export const CATALOGUE: readonly CatalogueEntry[] = [
  {
    kind: "constant",
    title: "Constant",
    summary: "The same LR throughout.",
    use: "Baselines, debugging, and optimizers that average or adapt by themselves.",
    typical: typical({ value: "SGD 0.01–0.1, Adam 1e-4–1e-3" }),
    source: null,
    example: { kind: "constant", value: 1e-3 },
  },
  {
    kind: "step",
    title: "Step decay",
    summary: "Cut by the same factor at even intervals.",
    use: "CNNs with SGD and momentum over many epochs, where a plain recipe is to be reproduced.",
    typical: typical({ gamma: "0.1", step_size: "a third of the training, 30 of 90 epochs" }),
    source: SOURCES.he2016,
    example: { kind: "step", peak: 0.1, step_size: 333, gamma: 0.1 },
  },
  {
    kind: "multi_step",
    title: "Multi-step decay",
    summary: "Cut by the same factor at chosen steps.",
    use: "As step decay, when the cuts belong at known places, such as 50 % and 75 % of the training.",
    typical: typical({ gamma: "0.1–0.2", milestones: "50 % and 75 %, or 30, 60 and 80 of 90 epochs" }),
    source: SOURCES.goyal2017,
    example: { kind: "multi_step", peak: 0.1, milestones: [500, 750], gamma: 0.1 },
  },
  {
    kind: "piecewise",
    title: "Piecewise constant",
    summary: "Any values between any boundaries.",
    use: "To reproduce a run whose LR was changed by hand.",
    typical: typical({ values: "one more than boundaries" }),
    source: null,
    example: { kind: "piecewise", values: [0.1, 0.03, 0.01], boundaries: [400, 800] },
  },
  {
    kind: "exponential",
    title: "Exponential decay",
    summary: "Falls by the same factor every step.",
    use: "A smooth step decay; mostly in older recipes.",
    typical: typical({ gamma: "so that 1–10 % of the peak is left at the end" }),
    source: null,
    example: { kind: "exponential", peak: 0.1, gamma: 0.996 },
  },
  {
    kind: "inverse_time",
    title: "Inverse time decay",
    summary: "Falls as 1/t.",
    use: "Convex problems, for which it has guarantees; too fast for most deep networks.",
    typical: typical({ decay_rate: "0.5–1", decay_steps: "an epoch" }),
    source: SOURCES.robbins1951,
    example: { kind: "inverse_time", peak: 0.1, decay_rate: 0.5, decay_steps: 100 },
  },
  {
    kind: "polynomial",
    title: "Polynomial decay",
    summary: "Falls as a power of what is left of the training.",
    use: "Semantic segmentation, and wherever a known end and a slightly bent line are wanted.",
    typical: typical({ power: "0.9", floor: "0" }),
    source: SOURCES.chen2017,
    example: { kind: "polynomial", peak: 0.01, floor: 0, power: 0.9, steps: 1000 },
  },
  {
    kind: "linear",
    title: "Linear decay",
    summary: "A straight line, usually to zero.",
    use: "Fine-tuning transformers, and language models with a known budget, after a warmup.",
    typical: typical({ to: "0", warmup: "1–10 % of the training" }),
    source: SOURCES.devlin2019,
    example: { kind: "linear", from: 1e-3, to: 0, steps: 1000 },
  },
  {
    kind: "cosine",
    title: "Cosine decay",
    summary: "Half a cosine from the peak to the floor.",
    use: "The default for a known budget. Its length must be that of the training.",
    typical: typical({ floor: "0, or 10 % of the peak for language models", steps: "the whole training" }),
    source: SOURCES.loshchilov2017,
    example: { kind: "cosine", peak: 0.1, floor: 0, steps: 1000 },
  },
  {
    kind: "cosine_restarts",
    title: "Cosine with restarts (SGDR)",
    summary: "Cosines one after the other, each longer than the last.",
    use: "When a good model is wanted at several points of time, or snapshots for an ensemble.",
    typical: typical({ T_0: "1–10 epochs", T_mult: "2", floor: "0" }),
    source: SOURCES.loshchilov2017,
    example: { kind: "cosine_restarts", peak: 0.05, floor: 0, T_0: 143, T_mult: 2 },
  },
  {
    kind: "one_cycle",
    title: "One-cycle",
    summary: "Up to a very large LR and down to nearly nothing, once.",
    use: "Short trainings of CNNs, with the peak from a range test and momentum cycled the other way.",
    typical: typical({ pct_start: "0.25–0.45", div_factor: "10–25", max_lr: "from a range test" }),
    source: SOURCES.smithTopin2018,
    example: { kind: "one_cycle", max_lr: 0.4, total_steps: 1000 },
  },
  {
    kind: "cyclic",
    title: "Cyclic",
    summary: "Triangles between two bounds.",
    use: "When the best LR is unknown but its range is, from a range test.",
    typical: typical({ step_size_up: "2–10 epochs", base_lr: "a third or a quarter of max_lr" }),
    source: SOURCES.smith2017,
    example: { kind: "cyclic", base_lr: 0.001, max_lr: 0.006, step_size_up: 125, mode: "triangular2" },
  },
  {
    kind: "inverse_sqrt",
    title: "Inverse square root",
    summary: "A linear warmup, then a fall as 1/√t.",
    use: "Transformers without a fixed end; can be continued at any time.",
    typical: typical({ warmup: "4,000–10,000 steps" }),
    source: SOURCES.vaswani2017,
    example: { kind: "inverse_sqrt", peak: 7e-4, warmup: 100 },
  },
  {
    kind: "wsd",
    title: "Warmup-stable-decay",
    summary: "Warmup, a long constant stretch, a short cooldown.",
    use: "Pre-training whose length is not settled: branch off a cooldown whenever a model is wanted.",
    typical: typical({ decay: "10–20 % of the training", shape: "1-sqrt", floor: "0–10 %" }),
    source: SOURCES.hu2024,
    example: { kind: "wsd", peak: 1e-3, floor: 0, warmup: 50, stable: 750, decay: 200, shape: "1-sqrt" },
  },
  {
    kind: "reduce_on_plateau",
    title: "Reduce on plateau",
    summary: "Cut when a metric has stopped improving.",
    use: "When the length of the training is open and a validation metric is measured often.",
    typical: typical({ factor: "0.1–0.5", patience: "5–10 validations" }),
    source: null,
    example: { kind: "reduce_on_plateau", peak: 1e-3, monitor: "val/loss", factor: 0.5 },
  },
  {
    kind: "warmup",
    title: "Warmup",
    summary: "A rise in front of any other schedule.",
    use: "Adam and its kin on transformers, and SGD with large batches: the first steps at full LR do harm.",
    typical: typical({ shape: "linear", steps: "2/(1−β₂) for Adam; 5 epochs for large batches" }),
    source: SOURCES.goyal2017,
    example: {
      kind: "warmup",
      shape: "linear",
      steps: 100,
      start_factor: 0,
      then: { kind: "cosine", peak: 1e-3, floor: 0, steps: 900 },
    },
  },
];
