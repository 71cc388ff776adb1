import { compileDeclared } from "@/lib/domain/schedules/declared";
import { followsMetric } from "@/lib/domain/schedules/follows-metric";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { lrAt } from "@/lib/domain/schedules/lr-at";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { ScheduleSpec, WarmupSpec } from "@/lib/domain/schedules/spec";
import type { ExportedSchedule } from "./exported";
import { PLAIN } from "./formula";
import { warmupFormula } from "./family-formula";
import { pythonFunctions } from "./functions";
import { plateauCode } from "./plateau";
import { printCall, type CodeTarget, type StepUnit } from "./print-call";
import { peaksOf, printFormula } from "./print-formula";
import { PythonExpr, without } from "./python";
import { compareCurves } from "./same-curve";
import { kerasCall } from "./to-keras";
import { optaxCall } from "./to-optax";
import { timmCall } from "./to-timm";
import { torchCall, type Call } from "./to-torch";
import { transformersCall } from "./to-transformers";

const CALLS: Readonly<Record<CodeTarget, (spec: ScheduleSpec, base: number) => Call | null>> = {
  torch: torchCall,
  transformers: transformersCall,
  timm: timmCall,
  keras: kerasCall,
  optax: optaxCall,
};

/** Without an end, a schedule's largest LR is looked for in so many steps. */
const ENDLESS = 100_000;

export function exportNative(schedule: ScheduleSpec, target: CodeTarget): ExportedSchedule {
  const single = target === "keras" || target === "optax";
  const all = groupsOf(schedule);
  const kept = single ? all.slice(0, 1) : all;
  const notes: string[] = [];
  if (kept.length < all.length) {
    notes.push(
      `${target} has one learning rate for all parameters: only the first of ${all.length} param groups is exported.`,
    );
  }
  const { groups, unit } = counted(kept, target);
  const [first] = groups;
  if (groups.length === 1 && first?.kind === "reduce_on_plateau") {
    const plateau = plateauCode(first, target);
    const exact = plateau.notes.length === 0 && notes.length === 0;
    return { code: plateau.code, exact, notes: [...notes, ...plateau.notes], stepping: "epoch" };
  }
  if (groups.some(followsMetric)) {
    notes.push(
      "The part that follows a metric stays at its peak: the target can only follow a metric on its own.",
    );
  }
  const exact = notes.length === 0;
  const inClasses = ownClasses(groups, target, unit);
  if (inClasses) return { ...inClasses, exact, notes: [...notes, ...inClasses.notes], stepping: unit };
  const peaks = peaksOf(groups, lengthOf(groups) ?? ENDLESS);
  const write = (group: number, name: string, dialect: typeof PLAIN) =>
    pythonFunctions(groups[group] ?? schedule, name, dialect);
  notes.push(FORMULA_NOTES[target]);
  return { code: printFormula(target, write, peaks, unit), exact, notes, stepping: unit };
}

const FORMULA_NOTES: Readonly<Record<CodeTarget, string>> = {
  torch: "No class of torch reproduces it, so a LambdaLR computes its formula.",
  transformers:
    "No function of Transformers reproduces it, so a LambdaLR computes its formula; give it to the Trainer as optimizers=(optimizer, scheduler).",
  timm: "No class of timm reproduces it, so a Scheduler subclass computes its formula.",
  keras: "No class of Keras reproduces it, so a LearningRateSchedule subclass computes its formula.",
  optax: "No function of optax reproduces it, so a function of the count computes its formula.",
};

/** torch's and timm's classes are stepped once per epoch where the whole schedule counts epochs. */
function counted(
  groups: readonly ScheduleSpec[],
  target: CodeTarget,
): { groups: readonly ScheduleSpec[]; unit: StepUnit } {
  const inner = groups
    .map((group) => (group.kind === "per_epoch" ? group : null))
    .filter((group) => group !== null);
  const sameLength = new Set(inner.map(({ steps_per_epoch }) => steps_per_epoch)).size === 1;
  const steppedByHand = target === "torch" || target === "timm";
  if (!steppedByHand || inner.length !== groups.length || !sameLength) return { groups, unit: "step" };
  return { groups: inner.map(({ spec }) => spec), unit: "epoch" };
}

function lengthOf(groups: readonly ScheduleSpec[]): number | null {
  const lengths = groups.map((group) => compileDeclared(group).length);
  return lengths.some((length) => length === null) ? null : Math.max(...lengths.map(Number));
}

/** The target's own class for all groups, if it has one that gives the same LRs. */
function ownClasses(
  groups: readonly ScheduleSpec[],
  target: CodeTarget,
  unit: StepUnit,
): { code: string; notes: string[] } | null {
  const bases = groups.map(baseOf);
  const schedule = sharedCall(groups, bases, target, unit);
  if (!schedule) return target === "torch" ? lambdaWarmup(groups, bases, unit) : null;
  const likeness = likenessOf(groups, schedule);
  if (!likeness?.within) return null;
  return { code: printCall(target, schedule, unit), notes: endNotes(groups, likeness.beyond, target, unit) };
}

function endNotes(
  groups: readonly ScheduleSpec[],
  beyond: boolean,
  target: CodeTarget,
  unit: StepUnit,
): string[] {
  if (beyond) return [];
  return [
    `Made for ${lengthOf(groups)} ${unit}s: beyond them ${target} does not hold the last learning rate.`,
  ];
}

/** What the optimizer's LR has to be: where the schedule without its warmup begins. */
function baseOf(spec: ScheduleSpec): number {
  switch (spec.kind) {
    case "warmup":
      return baseOf(spec.then);
    case "linear":
      return Math.max(spec.from, spec.to);
    case "sequence":
      return Math.max(...spec.parts.map((part) => baseOf(part.spec)));
    case "one_cycle":
    case "cyclic":
      return spec.max_lr;
    default:
      return "peak" in spec ? spec.peak : lrAt(spec, 0);
  }
}

function sharedCall(
  groups: readonly ScheduleSpec[],
  bases: readonly number[],
  target: CodeTarget,
  unit: StepUnit,
): LibrarySchedule | null {
  if (!bases.every((base) => base > 0)) return null;
  const calls = groups.map((group, i) => CALLS[target](group, bases[i] ?? NaN));
  const [call] = calls;
  const text = JSON.stringify(call);
  if (!call || !calls.every((other) => JSON.stringify(other) === text)) return null;
  const inEpochs = target === "timm" && unit === "epoch";
  const drives = target === "keras" || target === "optax" ? {} : { base_lrs: bases };
  return {
    library: target,
    ...call,
    kwargs: inEpochs ? without(call.kwargs, "t_in_epochs") : call.kwargs,
    ...drives,
  };
}

/** Null when the library refuses the arguments. */
function likenessOf(groups: readonly ScheduleSpec[], schedule: LibrarySchedule) {
  const native: ScheduleSpec = { kind: "groups", groups: groups.map((spec) => ({ spec })) };
  try {
    return compareCurves(native, schedule, lengthOf(groups));
  } catch (error) {
    if (error instanceof ScheduleError) return null;
    throw error;
  }
}

/** torch has no class for a warmup from 0, nor for a curved one; a LambdaLR in front of its own classes does it. */
function lambdaWarmup(
  groups: readonly ScheduleSpec[],
  bases: readonly number[],
  unit: StepUnit,
): { code: string; notes: string[] } | null {
  const [first] = groups;
  const warmups = groups.filter((group) => group.kind === "warmup");
  if (first?.kind !== "warmup" || warmups.length !== groups.length || !warmups.every(sameRise(first)))
    return null;
  // The LambdaLR's factors refer to the optimizer's LR, the warmup's to where the rest begins.
  if (!warmups.every(({ then }, i) => lrAt(then, 0) === bases[i])) return null;
  const after = sharedCall(
    warmups.map(({ then }) => then),
    bases,
    "torch",
    unit,
  );
  if (!after || /OneCycle|Cyclic|Sequential/.test(bareName(after.constructor))) return null;
  const likeness = likenessOf(
    warmups.map(({ then }) => then),
    after,
  );
  if (!likeness?.within) return null;
  const rise: Call = {
    constructor: "LambdaLR",
    kwargs: {
      lr_lambda: new PythonExpr(
        `lambda step: ${warmupFormula(first.shape, first.steps, first.start_factor, PLAIN)}`,
      ),
    },
  };
  const then: Call = { constructor: after.constructor, kwargs: { ...after.kwargs } };
  const kwargs = { schedulers: [rise, then], milestones: [first.steps] };
  const code = printCall("torch", { constructor: "SequentialLR", kwargs, base_lrs: bases }, unit);
  const maths = /math\./.test(code) ? `import math\n\n${code}` : code;
  return { code: maths, notes: endNotes(groups, likeness.beyond, "torch", unit) };
}

const sameRise =
  (a: WarmupSpec) =>
  (b: WarmupSpec): boolean =>
    !b.overlap &&
    b.shape === a.shape &&
    b.steps === a.steps &&
    b.start_factor === a.start_factor &&
    b.steps > 0;
