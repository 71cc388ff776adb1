import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { Groups, TorchScheduler } from "./scheduler";

/** ChainedScheduler: steps every scheduler on the same LR, in order. Keeps no epoch and no LR of its own. */
export class Chained implements TorchScheduler {
  constructor(private readonly schedulers: readonly TorchScheduler[]) {}

  step(): void {
    for (const scheduler of this.schedulers) scheduler.step();
  }

  stepTo(): void {
    throw new PythonError(
      "TypeError",
      "ChainedScheduler.step() takes 1 positional argument but 2 were given",
    );
  }

  initialStep(): void {
    this.step();
  }

  switchTo(): void {
    throw new PythonError("NotImplementedError", "");
  }

  undo(): void {
    for (const scheduler of this.schedulers) scheduler.undo();
  }

  copy(groups: Groups): Chained {
    return new Chained(this.schedulers.map((scheduler) => scheduler.copy(groups)));
  }
}
