import type { Kwargs } from "@/lib/domain/schedules/shared/arguments";

/** Where the runner stands: 0-based counters and their ends. */
export interface Progress {
  epoch: number;
  iter: number;
  maxEpochs: number;
  maxIters: number;
}

/** The length of training, known to a hook before the first iteration. */
export interface Training {
  maxEpochs: number;
  /** Iterations per epoch. */
  epochLength: number;
}

/** The LR that would be used without warmup, per group. */
type RegularLr = (progress: Progress) => number[];

interface HookInput {
  kwargs: Kwargs;
  path: string;
  bases: readonly number[];
  training: Training;
}

/** A hook after construction and `before_run`. */
interface Hook {
  regular: RegularLr;
  warmup: WarmupArguments;
}

export interface WarmupArguments {
  warmup: string | null;
  warmup_iters: number;
  warmup_ratio: number;
  warmup_by_epoch: boolean;
}

export type HookConstructor = (input: HookInput) => Hook;

/** A hook's counter and its end: epochs or iterations, as `by_epoch` says. */
export function counter(progress: Progress, byEpoch: boolean): { done: number; total: number } {
  return byEpoch
    ? { done: progress.epoch, total: progress.maxEpochs }
    : { done: progress.iter, total: progress.maxIters };
}

export function maxIters({ maxEpochs, epochLength }: Training): number {
  return maxEpochs * epochLength;
}
