import { type Cycle, cycleAt } from "@/lib/domain/schedules/cosine-restarts";
import {
  integer,
  number,
  optional,
  readArguments,
  required,
  type Kwargs,
} from "@/lib/domain/schedules/shared/arguments";
import { floorLog } from "@/lib/domain/schedules/shared/log";
import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import { modulo } from "@/lib/domain/schedules/shared/python-math";
import { claimBaseLrs } from "./param-group";
import type { Groups, TorchScheduler } from "./scheduler";

export interface RestartsArguments {
  T_0: number;
  T_mult: number;
  eta_min: number;
  last_epoch: number;
}

export function readRestarts(kwargs: Kwargs, path: string): RestartsArguments {
  const args = readArguments(kwargs, path, {
    T_0: required(number),
    T_mult: optional(number, 1),
    eta_min: optional(number, 0),
    last_epoch: optional(integer, -1),
  });
  if (args.T_0 <= 0 || !Number.isInteger(args.T_0)) {
    throw new PythonError("ValueError", `Expected positive integer T_0, but got ${args.T_0}`);
  }
  if (args.T_mult < 1 || !Number.isInteger(args.T_mult)) {
    throw new PythonError("ValueError", `Expected integer T_mult >= 1, but got ${args.T_mult}`);
  }
  return args;
}

function value({ eta_min }: RestartsArguments, base: number, position: number, length: number): number {
  return eta_min + ((base - eta_min) * (1 + Math.cos((Math.PI * position) / length))) / 2;
}

/** The LR after `epoch` plain steps; remembers the cycle, since neighbouring steps share it. */
export function plainRestarts(args: RestartsArguments): (base: number, epoch: number) => number {
  // Where a cycle lies does not depend on the base LR.
  const spec = { ...args, kind: "cosine_restarts" as const, peak: 0, floor: 0 };
  let cycle: Cycle | undefined;
  return (base, epoch) => {
    cycle = cycleAt(spec, epoch, cycle);
    return value(args, base, epoch - cycle.start, cycle.length);
  };
}

/**
 * CosineAnnealingWarmRestarts (Loshchilov & Hutter 2017): eta_min + (b − eta_min)(1 + cos(π·T_cur/T_i))/2, always from
 * the base LR. `.step()` counts T_cur; `.step(x)` takes any x ≥ 0 and finds the cycle by a logarithm, whose rounding
 * it inherits.
 */
export class WarmRestarts implements TorchScheduler {
  private position: number;
  private length: number;
  private epoch: number;

  private constructor(
    private readonly groups: Groups,
    private readonly args: RestartsArguments,
    private readonly bases: readonly number[],
  ) {
    this.position = args.last_epoch;
    this.length = args.T_0;
    this.epoch = args.last_epoch;
  }

  static construct(groups: Groups, args: RestartsArguments): WarmRestarts {
    const scheduler = new WarmRestarts(groups, args, claimBaseLrs(groups, args.last_epoch));
    scheduler.initialStep();
    return scheduler;
  }

  step(): void {
    if (this.epoch < 0) {
      this.stepTo(0);
      return;
    }
    this.position += 1;
    if (this.position >= this.length) {
      this.position = modulo(this.position, this.length);
      this.length *= this.args.T_mult;
    }
    this.epoch += 1;
    this.write();
  }

  stepTo(epoch: number): void {
    if (epoch < 0) throw new PythonError("ValueError", `Expected non-negative epoch, but got ${epoch}`);
    this.locate(epoch);
    this.epoch = Math.floor(epoch);
    this.write();
  }

  initialStep(): void {
    this.step();
  }

  /** The base class's `_update_lr(0)`: sets the epoch, keeps T_cur and T_i as construction left them. */
  switchTo(): void {
    this.epoch = 0;
    this.write();
  }

  undo(): void {
    this.epoch -= 1;
  }

  copy(groups: Groups): WarmRestarts {
    const { position, length, epoch } = this;
    return Object.assign(new WarmRestarts(groups, this.args, this.bases), { position, length, epoch });
  }

  private locate(epoch: number): void {
    const { T_0, T_mult } = this.args;
    if (epoch < T_0) {
      this.length = T_0;
      this.position = epoch;
    } else if (T_mult === 1) {
      // T_i is not touched here: it is T_0 throughout.
      this.position = epoch % T_0;
    } else {
      const n = floorLog((epoch / T_0) * (T_mult - 1) + 1, T_mult);
      this.position = epoch - (T_0 * (T_mult ** n - 1)) / (T_mult - 1);
      this.length = T_0 * T_mult ** n;
    }
  }

  private write(): void {
    this.groups.forEach((group, i) => {
      group.lr = value(this.args, this.bases[i] ?? NaN, this.position, this.length);
    });
  }
}
