import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Call } from "./to-torch";

/** The name that get_scheduler takes for a schedule, with its arguments; null where Transformers has none. */
export function transformersCall(spec: ScheduleSpec): Call | null {
  if (spec.kind === "warmup") {
    const { shape, steps, start_factor, then, overlap } = spec;
    return shape === "linear" && start_factor === 0 && !overlap ? after(then, steps) : null;
  }
  return after(spec, 0);
}

/* eslint-disable complexity -- one case per kind */
function after(spec: ScheduleSpec, warmup: number): Call | null {
  switch (spec.kind) {
    case "constant":
      return warmup === 0 ? made("constant", {}) : made("constant_with_warmup", { num_warmup_steps: warmup });
    case "linear":
      return spec.to === 0 ? made("linear", lengths(warmup, spec.steps)) : null;
    case "cosine": {
      const rate = spec.floor / spec.peak;
      return rate === 0
        ? made("cosine", lengths(warmup, spec.steps))
        : made("cosine_with_min_lr", lengths(warmup, spec.steps), { min_lr_rate: rate });
    }
    case "polynomial": {
      const { floor: lr_end, power, steps } = spec;
      return made("polynomial", lengths(warmup, steps), { lr_end, power });
    }
    case "inverse_sqrt": {
      const { warmup: own = 0, timescale } = spec;
      const specific = timescale === undefined ? {} : { timescale };
      return warmup === 0 ? made("inverse_sqrt", { num_warmup_steps: own }, specific) : null;
    }
    case "wsd": {
      const { peak, floor, warmup: own, stable, decay, shape, warmup_shape = "linear" } = spec;
      return warmup > 0
        ? null
        : made("warmup_stable_decay", lengths(own, stable + decay), {
            num_decay_steps: decay,
            warmup_type: warmup_shape,
            decay_type: shape,
            min_lr_ratio: floor / peak,
          });
    }
    default:
      return null;
  }
}
/* eslint-enable complexity */

const lengths = (warmup: number, rest: number) => ({
  num_warmup_steps: warmup,
  num_training_steps: warmup + rest,
});

function made(name: string, args: Record<string, unknown>, specific?: Record<string, unknown>): Call {
  const more = specific && Object.keys(specific).length > 0 ? { scheduler_specific_kwargs: specific } : {};
  return { constructor: "transformers.get_scheduler", kwargs: { name, ...args, ...more } };
}
