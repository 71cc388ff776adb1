import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { number, optional, orNull, readArguments, required } from "@/lib/domain/schedules/shared/arguments";
import { bareName } from "@/lib/domain/schedules/shared/constructors";

interface ScheduleFunction {
  /** The name by which `get_scheduler` knows it. */
  name: string;
  /** Arguments that it has no default for, all of them numbers of steps. */
  needs: readonly string[];
}

const WARMUP = ["num_warmup_steps"];
const BOTH = ["num_warmup_steps", "num_training_steps"];

/** transformers' own functions behind `get_scheduler`; scripts call either. */
const FUNCTIONS: Readonly<Record<string, ScheduleFunction>> = {
  get_constant_schedule: { name: "constant", needs: [] },
  get_constant_schedule_with_warmup: { name: "constant_with_warmup", needs: WARMUP },
  get_linear_schedule_with_warmup: { name: "linear", needs: BOTH },
  get_cosine_schedule_with_warmup: { name: "cosine", needs: BOTH },
  get_cosine_with_hard_restarts_schedule_with_warmup: { name: "cosine_with_restarts", needs: BOTH },
  get_polynomial_decay_schedule_with_warmup: { name: "polynomial", needs: BOTH },
  get_inverse_sqrt_schedule: { name: "inverse_sqrt", needs: WARMUP },
  get_cosine_with_min_lr_schedule_with_warmup: { name: "cosine_with_min_lr", needs: BOTH },
  get_cosine_with_min_lr_schedule_with_warmup_lr_rate: { name: "cosine_warmup_with_min_lr", needs: BOTH },
  get_wsd_schedule: { name: "warmup_stable_decay", needs: WARMUP },
  get_reduce_on_plateau_schedule: { name: "reduce_lr_on_plateau", needs: [] },
  get_greedy_schedule: { name: "greedy", needs: [] },
};

const OPTIONAL_LENGTHS = {
  num_warmup_steps: optional(orNull(number), null),
  num_training_steps: optional(orNull(number), null),
};

export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

export const isScheduleFunction = (constructor: string): boolean =>
  Object.hasOwn(FUNCTIONS, bareName(constructor));

type Call = Pick<LibrarySchedule, "constructor" | "kwargs">;

/**
 * `get_linear_schedule_with_warmup(num_warmup_steps=…)` and its siblings told as `get_scheduler("linear", …)`; every other
 * call unchanged. Throws ScheduleError for a missing number of steps.
 */
export function throughGetScheduler<C extends Call>(call: C): C {
  const function_ = bareName(call.constructor);
  const known = Object.hasOwn(FUNCTIONS, function_) ? FUNCTIONS[function_] : undefined;
  if (!known) return call;
  const { num_warmup_steps, num_training_steps, ...specific } = call.kwargs;
  const lengths = { num_warmup_steps, num_training_steps };
  const given = Object.fromEntries(Object.entries(lengths).filter(([, value]) => value !== undefined));
  const needed = Object.fromEntries(known.needs.map((name) => [name, required(number)]));
  readArguments(given, "schedule.kwargs", { ...OPTIONAL_LENGTHS, ...needed });
  const kwargs = { name: known.name, ...given, scheduler_specific_kwargs: specific };
  return { ...call, constructor: "transformers.get_scheduler", kwargs };
}
