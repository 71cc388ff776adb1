import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

export type Architecture = "cnn" | "vision_transformer" | "transformer" | "rnn" | "mlp" | "other";

export type Optimizer =
  | "sgd"
  | "adam"
  | "adamw"
  | "radam"
  | "rmsprop"
  | "lion"
  | "adafactor"
  | "schedule_free"
  | "prodigy"
  | "dadaptation";

/** What is to be trained, and for how long. */
export interface Question {
  architecture: Architecture;
  optimizer: Optimizer;
  /** Examples in an update. */
  batch_size: number;
  /** A batch size at which `reference_lr` is known to be good. */
  reference_batch_size?: number;
  reference_lr?: number;
  /** Training examples. */
  data_size: number;
  /** Absent: the length of the training is open. */
  budget?: { epochs: number } | { steps: number };
  start: "scratch" | "fine_tune";
  /** Adam's second decay rate. */
  beta2?: number;
  /** What is planned already, to be checked. */
  plan?: { schedule?: DeclaredSchedule; warmup_steps?: number; decay_steps?: number };
}

/** Optimizer updates. */
export interface Lengths {
  per_epoch: number;
  /** null: open. */
  total: number | null;
}

export function lengthsOf({ data_size, batch_size, budget }: Question): Lengths {
  const per_epoch = Math.max(1, Math.ceil(data_size / batch_size));
  if (!budget) return { per_epoch, total: null };
  const total = "steps" in budget ? budget.steps : Math.ceil(budget.epochs * per_epoch);
  return { per_epoch, total: Math.max(2, total) };
}

export const isAdaptive = (optimizer: Optimizer): boolean => optimizer !== "sgd";

/** The optimizer sets its own LR or makes a schedule unnecessary. */
export const schedulesItself = (optimizer: Optimizer): boolean =>
  optimizer === "schedule_free" || optimizer === "prodigy" || optimizer === "dadaptation";
