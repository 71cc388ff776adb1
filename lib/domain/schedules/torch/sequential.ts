import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { bisectRight } from "@/lib/domain/schedules/shared/python-math";
import type { Groups, TorchScheduler } from "./scheduler";

/** SequentialLR of schedulers that are constructed already: hands over from one to the next at the milestones. */
export class Sequential implements TorchScheduler {
  private constructor(
    private readonly schedulers: readonly TorchScheduler[],
    private readonly milestones: readonly number[],
    private epoch: number,
  ) {}

  /**
   * Resets every LR to `initial_lr`, counts all schedulers back, and repeats the first step of the one at step 0: of that
   * one even when resuming later, which is torch's own mistake.
   */
  static construct(
    groups: Groups,
    schedulers: readonly TorchScheduler[],
    milestones: readonly number[],
    lastEpoch: number,
  ): Sequential {
    const sequential = new Sequential(schedulers, milestones, lastEpoch + 1);
    for (const group of groups) group.lr = group.initialLr ?? group.lr;
    sequential.undo();
    sequential.activeAt(0).initialStep();
    return sequential;
  }

  step(): void {
    this.epoch += 1;
    const index = bisectRight(this.milestones, this.epoch);
    if (index > 0 && this.milestones[index - 1] === this.epoch) this.active().switchTo();
    else this.active().step();
  }

  stepTo(): void {
    throw new PythonError("TypeError", "SequentialLR.step() takes 1 positional argument but 2 were given");
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

  copy(groups: Groups): Sequential {
    const copies = this.schedulers.map((scheduler) => scheduler.copy(groups));
    return new Sequential(copies, this.milestones, this.epoch);
  }

  private active(): TorchScheduler {
    return this.activeAt(this.epoch);
  }

  private activeAt(epoch: number): TorchScheduler {
    const scheduler = this.schedulers[bisectRight(this.milestones, epoch)];
    if (!scheduler) throw new PythonError("IndexError", "list index out of range");
    return scheduler;
  }
}
