/**
 * A schedule in a library's own words: exactly what a golden file's `spec` holds, and what a client may declare on a
 * run. Evaluated with that library's quirks (tests/golden/README.md is the specification).
 */
export interface LibrarySchedule {
  /** Absent in golden files: the constructor's prefix names it (library-of.ts). */
  library?: LibraryName;
  /** Fully qualified in golden files (`torch.optim.lr_scheduler.StepLR`); the bare class name is accepted too. */
  constructor: string;
  /** Library-native arguments; whatever is absent has the library's default. */
  kwargs: Readonly<Record<string, unknown>>;
  /** The optimizer's LR per param group before the scheduler is built. Absent for keras, optax and fastai. */
  base_lrs?: readonly number[];
  stepping?: Stepping;
  /** torch: the param groups' fields before construction with `kwargs.last_epoch`. */
  resume?: { initial_lr: readonly number[]; group_lr: readonly number[] };
  /** timm: per-group multiplier. */
  lr_scale?: readonly number[];
  /** pytorch_warmup: the scheduler that the warmup dampens. */
  lr_scheduler?: { constructor: string; kwargs: Readonly<Record<string, unknown>> } | null;
  delay?: boolean;
  beta2?: number;
  /** A declared reduce-on-plateau watches this metric. */
  monitor?: string;
}

export type LibraryName =
  "torch" | "transformers" | "timm" | "keras" | "optax" | "mmcv" | "pytorch_warmup" | "fastai";

/** How a schedule was driven (golden README section 1), or, on a run, what one scheduler step stands for. */
export type Stepping =
  | { mode: "step"; count: number }
  | { mode: "calls"; calls: readonly (number | null)[] }
  | { mode: "eval"; count: number }
  | { mode: "eval"; steps: readonly number[] }
  | { mode: "timm-epoch" | "timm-update"; count: number }
  | { mode: "mmcv-iter"; max_epochs: number; epoch_len: number; count: number }
  | { mode: "dampening"; count: number }
  | { mode: "eval-pos"; count: number; total: number }
  | UnitStepping;

/** On a run: when its training calls `scheduler.step()`. */
export interface UnitStepping {
  unit: "step" | "epoch";
  /** After every so many updates or epochs; 1 when absent. */
  every?: number;
  /** So many times in a row; 1 when absent. accelerate makes one for each process. */
  calls?: number;
  /** Not any more after so many steps of the scheduler. */
  until?: number;
  /** `every` counts anew in each epoch, as Lightning's `frequency` does. */
  each_epoch?: boolean;
}

/** What running a library's schedule gives: one LR sequence per param group, and where it raised, if it did. */
export interface LibraryEvaluation {
  lrs_by_group: number[][];
  /** Group 0's momentum at the same indices, for OneCycleLR and CyclicLR with `cycle_momentum`. */
  momentums?: number[];
  raises?: ScheduleRaise;
}

export interface ScheduleRaise {
  at: "construct" | "step";
  /** 0-based call that raised, for `at: "step"`. */
  call_index?: number;
  /** The Python exception's class name. */
  type: string;
  message: string;
}
