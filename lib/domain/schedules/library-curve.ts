import { cadenceOf } from "@/lib/domain/schedules/cadence";
import { checkConstructor } from "@/lib/domain/schedules/check-constructor";
import { fastaiLr } from "@/lib/domain/schedules/fastai/evaluate";
import { kerasLr } from "@/lib/domain/schedules/keras/evaluate";
import type { LibraryName, LibrarySchedule, Stepping } from "@/lib/domain/schedules/library-schedule";
import { isPlateauClass, plateauLr } from "@/lib/domain/schedules/metric-driven";
import { mmcvLr } from "@/lib/domain/schedules/mmcv/evaluate";
import { optaxLr } from "@/lib/domain/schedules/optax/evaluate";
import { pytorchWarmupLr } from "@/lib/domain/schedules/pytorch-warmup/evaluate";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { through, type Curve } from "@/lib/domain/schedules/shared/sample";
import { timmLr } from "@/lib/domain/schedules/timm/evaluate";
import { torchLr } from "@/lib/domain/schedules/torch/torch-lr";
import { transformersLr } from "@/lib/domain/schedules/transformers/evaluate";

const CURVES: Readonly<Record<LibraryName, (schedule: LibrarySchedule) => Curve>> = {
  torch: torchLr,
  transformers: transformersLr,
  timm: timmLr,
  keras: kerasLr,
  optax: optaxLr,
  mmcv: mmcvLr,
  pytorch_warmup: pytorchWarmupLr,
  fastai: fastaiLr,
};

/** The run's own lengths, which some schedules need. */
export interface RunLengths {
  stepsPerEpoch?: number | null;
  totalSteps?: number | null;
}

/**
 * The LRs of optimizer update t on a run: the library's value after t scheduler steps, or after as many as its
 * training has done by then where it steps the scheduler otherwise than once an update. Throws ScheduleError for a bad declaration or a missing length,
 * PythonError where the library raises.
 */
export function libraryCurve(schedule: LibrarySchedule, lengths: RunLengths): Curve {
  const library = checkConstructor(schedule);
  if (isPlateauClass(schedule)) return plateauLr(schedule);
  const curve = CURVES[library]({ ...schedule, stepping: runStepping(library, schedule.stepping, lengths) });
  const cadence = cadenceOf(schedule, lengths.stepsPerEpoch);
  return cadence === null ? curve : through(curve, (t) => curve(cadence.stepsBefore(t)));
}

function runStepping(
  library: LibraryName,
  stepping: Stepping | undefined,
  lengths: RunLengths,
): Stepping | undefined {
  if (stepping && "mode" in stepping) return stepping;
  if (library === "mmcv") {
    const epoch_len = needed("steps_per_epoch", lengths.stepsPerEpoch);
    const count = needed("total_steps", lengths.totalSteps);
    return { mode: "mmcv-iter", epoch_len, max_epochs: Math.ceil(count / epoch_len), count };
  }
  if (library === "fastai") {
    const total = needed("total_steps", lengths.totalSteps);
    return { mode: "eval-pos", count: total, total };
  }
  return stepping;
}

function needed(name: "steps_per_epoch" | "total_steps", value: number | null | undefined): number {
  if (value !== null && value !== undefined && value > 0) return value;
  throw new ScheduleError(name, `this schedule needs ${name} of the run`);
}
