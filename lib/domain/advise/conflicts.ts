import { compileDeclared, isNative, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { scheduleFamily } from "@/lib/domain/schedules/schedule-family";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { toNative } from "@/lib/domain/schedules/to-native";
import type { PeakLr } from "./peak-lr";
import { schedulesItself, type Lengths, type Question } from "./question";
import type { SourceId } from "./sources";

export interface Conflict {
  code:
    | "built_in_adaptation"
    | "built_in_warmup"
    | "warmup_too_long"
    | "decay_too_short"
    | "decay_too_long"
    | "batch_scaling"
    | "batch_larger_than_data"
    | "optimizer_choice"
    | "short_training";
  message: string;
  sources: SourceId[];
}

interface Planned {
  family: string | null;
  warmup: number | null;
  length: number | null;
}

/** What does not go together in a question and the schedule planned for it. */
export function conflictsOf(question: Question, lengths: Lengths, peak: PeakLr): Conflict[] {
  const planned = plannedOf(question, lengths);
  return [
    ...optimizerConflicts(question, planned),
    ...lengthConflicts(planned, lengths),
    ...batchConflicts(question, peak),
  ];
}

function plannedOf({ plan = {} }: Question, { per_epoch, total }: Lengths): Planned {
  const { schedule, warmup_steps, decay_steps } = plan;
  const runLengths = { stepsPerEpoch: per_epoch, totalSteps: total };
  const compiled = schedule && compileDeclared(schedule, runLengths);
  const native = schedule && nativeOf(schedule, per_epoch);
  const warmup = warmup_steps ?? (native ? warmupOf(native) : null);
  // A decay stated by itself comes after the warmup.
  const length = decay_steps === undefined ? (compiled?.length ?? null) : decay_steps + (warmup ?? 0);
  return { family: schedule ? scheduleFamily(schedule) : null, warmup, length };
}

const nativeOf = (schedule: DeclaredSchedule, stepsPerEpoch: number): ScheduleSpec | null =>
  isNative(schedule) ? schedule : toNative(schedule, { stepsPerEpoch });

function warmupOf(spec: ScheduleSpec): number | null {
  switch (spec.kind) {
    case "warmup":
      return spec.steps;
    case "wsd":
      return spec.warmup;
    case "inverse_sqrt":
      return spec.warmup ?? 0;
    case "per_epoch": {
      const inner = warmupOf(spec.spec);
      return inner && inner * spec.steps_per_epoch;
    }
    default:
      return null;
  }
}

function optimizerConflicts(question: Question, planned: Planned): Conflict[] {
  return [...adaptationConflicts(question, planned), ...choiceConflicts(question)];
}

/** The optimizer does by itself what the plan does as well. */
function adaptationConflicts({ optimizer }: Question, { family, warmup }: Planned): Conflict[] {
  const found: Conflict[] = [];
  const decays = family !== null && family !== "constant" && family !== "warmup + constant";
  if (optimizer === "schedule_free" && decays) {
    found.push({
      code: "built_in_adaptation",
      message: `A schedule-free optimizer averages instead of decaying; with ${family} on top, the LR is lowered twice. Keep it constant after the warmup.`,
      sources: ["defazio2024"],
    });
  } else if (schedulesItself(optimizer) && decays) {
    found.push({
      code: "built_in_adaptation",
      message: `${optimizer} adapts its own step size; ${family} on top works against it unless it is meant as a factor from 1.`,
      sources: [optimizer === "prodigy" ? "mishchenko2024" : "defazio2023"],
    });
  }
  if (optimizer === "adafactor") {
    found.push({
      code: "built_in_adaptation",
      message:
        "Adafactor has its own relative steps and warmup: an outer schedule is ignored or applied twice unless they are turned off (relative_step=False, warmup_init=False).",
      sources: ["shazeer2018"],
    });
  }
  if (optimizer === "radam" && (warmup ?? 0) > 0) {
    found.push({
      code: "built_in_warmup",
      message: "RAdam's rectification is a warmup already; a second one only costs steps.",
      sources: ["liu2020"],
    });
  }
  return found;
}

function choiceConflicts({ optimizer, architecture }: Question): Conflict[] {
  if (optimizer === "sgd" && architecture === "transformer") {
    return [
      {
        code: "optimizer_choice",
        message: "Transformers rarely train well with plain SGD; Adam or AdamW is the usual choice.",
        sources: ["vaswani2017", "devlin2019"],
      },
    ];
  }
  if (architecture !== "cnn" || !/^(adam|rmsprop)$/.test(optimizer)) return [];
  return [
    {
      code: "optimizer_choice",
      message:
        "Adaptive methods may generalise worse than SGD with momentum on image classifiers; compare the two.",
      sources: ["wilson2017"],
    },
  ];
}

/** Less than this share of the training missing or left over is rounding, not a mistake. */
const SLACK = 0.01;
const SHORT = 100;

function lengthConflicts({ warmup, length }: Planned, { total }: Lengths): Conflict[] {
  if (total === null) return [];
  const found: Conflict[] = [];
  if (warmup !== null && warmup >= total) {
    found.push({
      code: "warmup_too_long",
      message: `The warmup of ${warmup} steps is not over when the training ends after ${total}: the peak is never reached.`,
      sources: [],
    });
  }
  if (length !== null && length < total * (1 - SLACK)) {
    found.push({
      code: "decay_too_short",
      message: `The schedule ends at step ${length}, the training at ${total}. For the ${Math.round(total - length)} steps between them the LR rests on its floor, or rises again with torch's CosineAnnealingLR. Set T_max to the length of the training.`,
      sources: ["hoffmann2022"],
    });
  }
  if (length !== null && length > total * (1 + SLACK)) {
    found.push({
      code: "decay_too_long",
      message: `The schedule is made for ${length} steps and the training has ${total}: the LR never comes down to its floor.`,
      sources: ["hoffmann2022"],
    });
  }
  if (total < SHORT) {
    found.push({
      code: "short_training",
      message: `${total} updates are too few for a schedule to matter much: look at a smaller batch or more epochs first.`,
      sources: ["hoffer2017"],
    });
  }
  return found;
}

/** Up to here linear scaling was shown to hold (256 to 8192). */
const SCALING_LIMIT = 32;

function batchConflicts({ batch_size, data_size }: Question, peak: PeakLr): Conflict[] {
  const found: Conflict[] = [];
  const ratio = batch_size / peak.reference_batch_size;
  if (peak.scaling === "linear" && ratio > SCALING_LIMIT) {
    found.push({
      code: "batch_scaling",
      message: `The batch is ${Math.round(ratio)} times the reference; linear scaling was shown to hold up to about 32 times. Check the LR with a range test.`,
      sources: ["goyal2017"],
    });
  }
  if (batch_size > data_size) {
    found.push({
      code: "batch_larger_than_data",
      message: "The batch is larger than the data: every update sees everything.",
      sources: [],
    });
  }
  return found;
}
