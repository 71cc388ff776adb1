import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Call } from "./to-torch";

/** More cycles than any run has. */
const FOR_EVER = 1_000_000;

/** timm's class for a schedule, counted in updates; null where it has none. */
export function timmCall(spec: ScheduleSpec, base: number): Call | null {
  if (spec.kind !== "warmup") return plain(spec);
  const { shape, steps, start_factor, then, overlap } = spec;
  const after = shape === "linear" && !overlap ? plain(then) : null;
  if (!after) return null;
  const rise = { warmup_t: steps, warmup_lr_init: start_factor * base, warmup_prefix: true };
  return { ...after, kwargs: { ...after.kwargs, ...rise } };
}

function plain(spec: ScheduleSpec): Call | null {
  switch (spec.kind) {
    case "constant":
      return made("StepLRScheduler", { decay_t: 1, decay_rate: 1 });
    case "step":
      return made("StepLRScheduler", { decay_t: spec.step_size, decay_rate: spec.gamma });
    case "multi_step":
      // timm decays one update before a milestone is reached.
      return made("MultiStepLRScheduler", {
        decay_t: spec.milestones.map((at) => at + 1),
        decay_rate: spec.gamma,
      });
    case "cosine":
      return made("CosineLRScheduler", { t_initial: spec.steps, lr_min: spec.floor });
    case "cosine_restarts": {
      const { floor, T_0, T_mult, gamma = 1 } = spec;
      const cycles = { cycle_mul: T_mult, cycle_decay: gamma, cycle_limit: FOR_EVER };
      return made("CosineLRScheduler", { t_initial: T_0, lr_min: floor, ...cycles });
    }
    case "polynomial":
      return made("PolyLRScheduler", { t_initial: spec.steps, power: spec.power, lr_min: spec.floor });
    case "linear":
      return made("PolyLRScheduler", { t_initial: spec.steps, power: 1, lr_min: spec.to });
    default:
      return null;
  }
}

const made = (name: string, kwargs: Record<string, unknown>): Call => ({
  constructor: `timm.scheduler.${name}`,
  kwargs: { ...kwargs, t_in_epochs: false },
});
