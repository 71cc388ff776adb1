import { without } from "./python";
import type { ScheduleSpec, SequenceSpec, WarmupSpec } from "@/lib/domain/schedules/spec";

/** A class of a library with its arguments; schedulers within `kwargs.schedulers` are of the same shape. */
export interface Call {
  constructor: string;
  kwargs: Record<string, unknown>;
}

/* eslint-disable complexity -- one case per kind */
/** torch's class for a schedule, on an optimizer whose LR is `base`; null where it has none. */
export function torchCall(spec: ScheduleSpec, base: number): Call | null {
  switch (spec.kind) {
    case "constant":
      // A ConstantLR of no length keeps its factor for ever.
      return made("ConstantLR", { factor: spec.value / base, total_iters: 0 });
    case "step":
      return made("StepLR", { step_size: spec.step_size, gamma: spec.gamma });
    case "multi_step":
      return made("MultiStepLR", { milestones: spec.milestones, gamma: spec.gamma });
    case "exponential": {
      const { gamma, decay_steps = 1, staircase } = spec;
      if (staircase) return made("StepLR", { step_size: decay_steps, gamma });
      return made("ExponentialLR", { gamma: gamma ** (1 / decay_steps) });
    }
    case "linear":
      return made("LinearLR", {
        start_factor: spec.from / base,
        end_factor: spec.to / base,
        total_iters: spec.steps,
      });
    case "polynomial":
      return made("PolynomialLR", { total_iters: spec.steps, power: spec.power });
    case "cosine":
      return made("CosineAnnealingLR", { T_max: spec.steps, eta_min: spec.floor });
    case "cosine_restarts":
      return made("CosineAnnealingWarmRestarts", { T_0: spec.T_0, T_mult: spec.T_mult, eta_min: spec.floor });
    case "one_cycle":
      return made("OneCycleLR", { ...without({ ...spec }, "kind"), cycle_momentum: false });
    case "cyclic":
      return made("CyclicLR", { ...without({ ...spec }, "kind"), cycle_momentum: false });
    case "warmup":
      return warmup(spec, base);
    case "sequence":
      return sequence(spec, base);
    default:
      return null;
  }
}
/* eslint-enable complexity */

const made = (name: string, kwargs: Record<string, unknown>): Call => ({
  constructor: `torch.optim.lr_scheduler.${name}`,
  kwargs: Object.fromEntries(Object.entries(kwargs).filter(([, value]) => value !== undefined)),
});

function warmup({ shape, steps, start_factor, then, overlap }: WarmupSpec, base: number): Call | null {
  const after = torchCall(then, base);
  if (steps === 0) return after;
  if (overlap || start_factor === 0 || !after) return null;
  const rise =
    shape === "linear"
      ? made("LinearLR", { start_factor, end_factor: 1, total_iters: steps })
      : shape === "constant"
        ? made("ConstantLR", { factor: start_factor, total_iters: steps })
        : null;
  return rise && inTurn([rise, ...flat(after)], [steps, ...milestonesOf(after).map((at) => at + steps)]);
}

function sequence({ parts }: SequenceSpec, base: number): Call | null {
  const calls = parts.map(({ spec }) => torchCall(spec, base)).filter((call) => call !== null);
  if (calls.length !== parts.length) return null;
  let end = 0;
  return inTurn(
    calls,
    parts.slice(0, -1).map(({ steps }) => (end += steps)),
  );
}

const inTurn = (schedulers: Call[], milestones: number[]): Call =>
  made("SequentialLR", { schedulers, milestones });

/** A SequentialLR cannot hold another one, so the inner one's parts are taken out. */
function flat(call: Call): Call[] {
  return call.constructor.endsWith("SequentialLR") ? innerCalls(call) : [call];
}

export function innerCalls({ kwargs }: Call): Call[] {
  return Array.isArray(kwargs.schedulers) ? kwargs.schedulers.filter(isCall) : [];
}

function milestonesOf({ kwargs }: Call): number[] {
  const { milestones, schedulers } = kwargs;
  return Array.isArray(milestones) && schedulers ? milestones.filter((at) => typeof at === "number") : [];
}

function isCall(value: unknown): value is Call {
  return typeof value === "object" && value !== null && "constructor" in value && "kwargs" in value;
}
