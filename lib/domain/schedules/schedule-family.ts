import { isNative, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { isMetricDriven } from "@/lib/domain/schedules/metric-driven";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { FamilySpec, ScheduleSpec, SequenceSpec } from "@/lib/domain/schedules/spec";
import { toNative } from "@/lib/domain/schedules/to-native";
import { throughGetScheduler } from "@/lib/domain/schedules/transformers/functions";
import type { WsdSpec } from "@/lib/domain/schedules/wsd";

const FAMILIES: Readonly<Record<FamilySpec["kind"], string>> = {
  constant: "constant",
  step: "step",
  multi_step: "multi-step",
  piecewise: "piecewise",
  exponential: "exponential",
  inverse_time: "inverse time",
  polynomial: "polynomial",
  linear: "linear",
  cosine: "cosine",
  cosine_restarts: "cosine restarts",
  one_cycle: "one-cycle",
  cyclic: "cyclic",
  inverse_sqrt: "inverse sqrt",
  wsd: "WSD",
  reduce_on_plateau: "plateau",
};

/** What is left of a constructor's name says the family; the first match counts. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/plateau|greedy/i, "plateau"],
  [/restart|sgdr/i, "cosine restarts"],
  [/one_?cycle|combined_cos/i, "one-cycle"],
  [/flat_?cos/i, "flat + cosine"],
  [/cyclic/i, "cyclic"],
  [/cos/i, "cosine"],
  [/stable_decay/i, "WSD"],
  [/multi_?step/i, "multi-step"],
  [/step/i, "step"],
  [/piecewise/i, "piecewise"],
  [/inversetime|inv(lr|_|$)/i, "inverse time"],
  [/exp/i, "exponential"],
  [/poly/i, "polynomial"],
  [/lin/i, "linear"],
  [/tanh/i, "tanh"],
  [/const|fixed|no$/i, "constant"],
  [/multiplicative/i, "exponential"],
  [/join|sequential/i, "sequence"],
  [/chained/i, "product"],
];

/** A short name for display, grouping and filters, from the structure alone: "cosine", "warmup + cosine", "one-cycle". */
export function scheduleFamily(schedule: DeclaredSchedule): string {
  return isNative(schedule) ? nativeFamily(schedule) : libraryFamily(schedule);
}

function nativeFamily(spec: ScheduleSpec): string {
  switch (spec.kind) {
    case "warmup":
      return `warmup + ${nativeFamily(spec.then)}`;
    case "sequence":
      return sequenceFamily(spec);
    case "product":
      return "product";
    case "per_epoch":
      return nativeFamily(spec.spec);
    case "groups": {
      const families = new Set(spec.groups.map((group) => nativeFamily(group.spec)));
      const [only = "mixed"] = families;
      return families.size === 1 ? only : "mixed";
    }
    case "wsd":
      return spec.stable > A_STEP ? FAMILIES.wsd : withoutPlateau(spec);
    default:
      return FAMILIES[spec.kind];
  }
}

/** Held for a step is how some count the end of a warmup, and no plateau. */
const A_STEP = 1;

const withoutPlateau = ({ warmup, shape }: WsdSpec): string =>
  `${warmup > A_STEP ? "warmup + " : ""}${shape}`;

/** A rising line in front is a warmup; warmup, constant, decay is what WSD stands for. */
function sequenceFamily({ parts }: SequenceSpec): string {
  const [first, ...rest] = parts.map((part) => part.spec);
  if (!first || rest.length === 0) return first ? nativeFamily(first) : "sequence";
  if (first.kind !== "linear" || first.from >= first.to) return "sequence";
  if (rest.length === 2 && rest[0]?.kind === "constant") return "WSD";
  return rest.length === 1 && rest[0] ? `warmup + ${nativeFamily(rest[0])}` : "sequence";
}

function libraryFamily(schedule: LibrarySchedule): string {
  if (isMetricDriven(schedule)) return "plateau";
  const native = toNative({ ...schedule, stepping: undefined });
  if (native) return nativeFamily(native);
  const stable = stableThenDecay(schedule);
  if (stable) return FAMILIES.wsd;
  const inner = libraryOf(schedule) === "pytorch_warmup" ? dampened(schedule) : named(schedule);
  return warmsUp(schedule) ? `warmup + ${inner}` : inner;
}

/** torch's SequentialLR of a rising line, a constant and one more, as WSD is written there. */
function stableThenDecay({ constructor, kwargs, base_lrs, library }: LibrarySchedule): boolean {
  if (bareName(constructor) !== "SequentialLR" || !Array.isArray(kwargs.schedulers)) return false;
  const [first, second, third, ...more] = kwargs.schedulers
    .filter(isPart)
    .map((part) => ({ library, base_lrs, ...part }));
  if (!first || !second || !third || more.length > 0) return false;
  const { start_factor: from = 1 / 3, end_factor: to = 1 } = first.kwargs;
  return (
    bareName(first.constructor) === "LinearLR" &&
    Number(from) < Number(to) &&
    libraryFamily(second) === "constant"
  );
}

type Part = Pick<LibrarySchedule, "constructor" | "kwargs">;
const isPart = (value: unknown): value is Part =>
  typeof value === "object" && value !== null && "constructor" in value && "kwargs" in value;

function dampened({ lr_scheduler, base_lrs }: LibrarySchedule): string {
  return lr_scheduler ? libraryFamily({ library: "torch", base_lrs, ...lr_scheduler }) : "constant";
}

function named(schedule: LibrarySchedule): string {
  const { constructor, kwargs } = throughGetScheduler(schedule);
  const full = bareName(constructor);
  const name = full === "get_scheduler" ? String(kwargs.name) : full;
  const rest = name.replace(/warmup_?|LRScheduler$|LrUpdaterHook$/gi, "");
  return BY_NAME.find(([pattern]) => pattern.test(rest))?.[1] ?? rest;
}

/** Whether a schedule that is not told natively has a warmup: by its name, or by each library's own argument. */
function warmsUp(schedule: LibrarySchedule): boolean {
  const { constructor, kwargs } = throughGetScheduler(schedule);
  if (/warmup/i.test(bareName(constructor))) return true;
  const { warmup, warmup_t, warmup_target, num_warmup_steps } = kwargs;
  if (typeof warmup === "string" || typeof warmup_target === "number") return true;
  return [warmup_t, num_warmup_steps].some((steps) => typeof steps === "number" && steps > 0);
}
