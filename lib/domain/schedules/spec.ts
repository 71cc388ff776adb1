import type { ConstantSpec } from "@/lib/domain/schedules/constant";
import type { CosineSpec } from "@/lib/domain/schedules/cosine";
import type { CosineRestartsSpec } from "@/lib/domain/schedules/cosine-restarts";
import type { CyclicSpec } from "@/lib/domain/schedules/cyclic";
import type { ExponentialSpec } from "@/lib/domain/schedules/exponential";
import type { InverseSqrtSpec } from "@/lib/domain/schedules/inverse-sqrt";
import type { InverseTimeSpec } from "@/lib/domain/schedules/inverse-time";
import type { LinearSpec } from "@/lib/domain/schedules/linear";
import type { MultiStepSpec } from "@/lib/domain/schedules/multi-step";
import type { OneCycleSpec } from "@/lib/domain/schedules/one-cycle";
import type { PiecewiseSpec } from "@/lib/domain/schedules/piecewise";
import type { PolynomialSpec } from "@/lib/domain/schedules/polynomial";
import type { ReduceOnPlateauSpec } from "@/lib/domain/schedules/reduce-on-plateau";
import type { StepSpec } from "@/lib/domain/schedules/step";
import type { WarmupShape } from "@/lib/domain/schedules/warmup";
import type { WsdSpec } from "@/lib/domain/schedules/wsd";

/** A native schedule is tagged plain data: it stores, diffs and sends as JSON. `lrAt` gives its meaning. */
export type ScheduleSpec = FamilySpec | WarmupSpec | SequenceSpec | ProductSpec | PerEpochSpec | GroupsSpec;

/** The kinds that do not contain other schedules. */
export type FamilySpec =
  | ConstantSpec
  | StepSpec
  | MultiStepSpec
  | PiecewiseSpec
  | ExponentialSpec
  | InverseTimeSpec
  | PolynomialSpec
  | LinearSpec
  | CosineSpec
  | CosineRestartsSpec
  | OneCycleSpec
  | CyclicSpec
  | InverseSqrtSpec
  | WsdSpec
  | ReduceOnPlateauSpec;

/** `overlap: true` multiplies the running curve (mmcv); false delays it, and the warmup climbs to its first value. */
export interface WarmupSpec {
  kind: "warmup";
  shape: WarmupShape;
  steps: number;
  /** Fraction of the target at step 0; 0 is allowed. */
  start_factor: number;
  then: ScheduleSpec;
  overlap?: boolean;
}

/** One after the other; each part counts its own steps from 0, and the last one continues for ever. */
export interface SequenceSpec {
  kind: "sequence";
  parts: readonly { spec: ScheduleSpec; steps: number }[];
}

/** Pointwise product. One factor carries the rate, the others are dimensionless. */
interface ProductSpec {
  kind: "product";
  factors: readonly ScheduleSpec[];
}

/** The inner schedule is counted in epochs and held within an epoch. */
export interface PerEpochSpec {
  kind: "per_epoch";
  spec: ScheduleSpec;
  steps_per_epoch: number;
}

/** One schedule per param group. Only meaningful at the top; see `groupsOf`. */
interface GroupsSpec {
  kind: "groups";
  groups: readonly { name?: string; spec: ScheduleSpec }[];
}
