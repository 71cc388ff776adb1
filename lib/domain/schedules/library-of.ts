import type { LibraryName, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { unknownName } from "@/lib/domain/schedules/shared/unknown-name";

/** First dotted name of a constructor → library. */
const PREFIXES: Readonly<Record<string, LibraryName>> = {
  torch: "torch",
  transformers: "transformers",
  timm: "timm",
  keras: "keras",
  tf: "keras",
  tensorflow: "keras",
  optax: "optax",
  mmcv: "mmcv",
  pytorch_warmup: "pytorch_warmup",
  fastai: "fastai",
};

/** What a constructor's own name looks like, for names without a prefix. The first match that is alone wins. */
const NAMES: Readonly<Record<LibraryName, RegExp>> = {
  torch:
    /^((Step|MultiStep|Constant|Linear|Exponential|Polynomial|Lambda|Multiplicative|Sequential|OneCycle|Cyclic|SWA)LR|CosineAnnealing(LR|WarmRestarts)|ChainedScheduler|ReduceLROnPlateau)$/,
  transformers: /^(get_scheduler|get_\w+_schedule(_with\w+)?|GreedyLR)$/,
  timm: /LRScheduler$/,
  keras: /^(\w+Decay|CosineDecayRestarts|ReduceLROnPlateau)$/,
  optax: /^((?!get_)\w+_schedule|exponential_decay|join_schedules|piecewise_\w+|reduce_on_plateau)$/,
  mmcv: /LrUpdaterHook$/,
  pytorch_warmup: /Warmup$/,
  fastai: /^(fit_\w+|combined_cos|Sched[A-Z]\w+)$/,
};

export const LIBRARIES = Object.keys(NAMES).filter((name): name is LibraryName => Object.hasOwn(NAMES, name));

/** The library that a schedule speaks: as declared, by the constructor's prefix, or by its bare name when only one has it. */
export function libraryOf(schedule: Pick<LibrarySchedule, "library" | "constructor">): LibraryName {
  const { library, constructor } = schedule;
  if (library !== undefined) return known(library);
  const [prefix = ""] = constructor.split(".");
  if (prefix !== constructor) {
    const named = Object.hasOwn(PREFIXES, prefix) ? PREFIXES[prefix] : undefined;
    if (named) return named;
  }
  const candidates = LIBRARIES.filter((name) => NAMES[name].test(bareName(constructor)));
  const [only] = candidates;
  if (only && candidates.length === 1) return only;
  const hint =
    candidates.length > 1 ? `in several libraries (${candidates.join(", ")})` : "in no known library";
  throw new ScheduleError(
    "schedule.library",
    `${constructor} is ${hint}; name one of ${LIBRARIES.join(", ")}`,
  );
}

function known(library: string): LibraryName {
  const found = LIBRARIES.find((name) => name === library);
  if (found) return found;
  throw new ScheduleError("schedule.library", unknownName(`unknown library ${library}`, library, LIBRARIES));
}
