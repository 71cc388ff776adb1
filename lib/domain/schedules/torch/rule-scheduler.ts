import { claimBaseLrs } from "./param-group";
import type { BuiltRule, Moment, Rule } from "./rule";
import type { Groups, TorchScheduler } from "./scheduler";

/** `LRScheduler`: counts epochs and applies a rule to the groups. The constructor takes the first step itself. */
export class RuleScheduler implements TorchScheduler {
  /** Kept between steps: a run of ten million steps must not allocate for each. */
  private readonly moments: Moment[];
  private readonly scratch: Float64Array;
  private steps = 0;

  private constructor(
    private readonly groups: Groups,
    private readonly rule: Rule,
    private bases: readonly number[],
    private epoch: number,
  ) {
    this.moments = groups.map((group, index) => ({
      group,
      index,
      base: NaN,
      epoch,
      steps: 0,
      initial: false,
    }));
    this.scratch = new Float64Array(groups.length);
  }

  static construct(groups: Groups, { rule, lastEpoch }: BuiltRule): RuleScheduler {
    rule.prepare?.(groups);
    const scheduler = new RuleScheduler(groups, rule, claimBaseLrs(groups, lastEpoch), lastEpoch);
    scheduler.initialStep();
    if (rule.bases) scheduler.bases = rule.bases;
    return scheduler;
  }

  step(): void {
    this.epoch += 1;
    this.steps += 1;
    this.apply(false);
  }

  initialStep(): void {
    this.epoch += 1;
    this.steps = 0;
    this.apply(true);
  }

  stepTo(epoch: number): void {
    this.steps += 1;
    this.moveTo(epoch);
  }

  /** torch's `_update_lr(0)`, which is no step. */
  switchTo(): void {
    this.moveTo(0);
  }

  private moveTo(epoch: number): void {
    this.epoch = epoch;
    const { closedForm } = this.rule;
    if (!closedForm) {
      this.apply(false);
      return;
    }
    this.write(this.bases.map((base) => closedForm(base, epoch)));
  }

  undo(): void {
    this.epoch -= 1;
  }

  copy(groups: Groups): RuleScheduler {
    const copy = new RuleScheduler(groups, this.rule, this.bases, this.epoch);
    copy.steps = this.steps;
    return copy;
  }

  /** All values are worked out before the first one is written, as in torch. */
  private apply(initial: boolean): void {
    const { next, momentum } = this.rule;
    for (let i = 0; i < this.moments.length; i++) {
      const moment = this.moments[i];
      if (!moment) continue;
      moment.base = this.bases[i] ?? NaN;
      moment.epoch = this.epoch;
      moment.steps = this.steps;
      moment.initial = initial;
      this.scratch[i] = next(moment);
    }
    if (momentum) {
      const momentums = this.moments.map(momentum);
      this.groups.forEach((group, i) => (group.momentum = momentums[i] ?? NaN));
    }
    this.write(this.scratch);
  }

  private write(lrs: ArrayLike<number>): void {
    for (let i = 0; i < this.groups.length; i++) {
      const group = this.groups[i];
      if (group) group.lr = lrs[i] ?? NaN;
    }
  }
}
