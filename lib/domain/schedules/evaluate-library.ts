import { checkConstructor } from "@/lib/domain/schedules/check-constructor";
import { evaluateFastai } from "@/lib/domain/schedules/fastai/evaluate";
import { evaluateKeras } from "@/lib/domain/schedules/keras/evaluate";
import type {
  LibraryEvaluation,
  LibraryName,
  LibrarySchedule,
} from "@/lib/domain/schedules/library-schedule";
import { evaluatePlateau, isPlateauClass } from "@/lib/domain/schedules/metric-driven";
import { evaluateMmcv } from "@/lib/domain/schedules/mmcv/evaluate";
import { evaluateOptax } from "@/lib/domain/schedules/optax/evaluate";
import { evaluatePytorchWarmup } from "@/lib/domain/schedules/pytorch-warmup/evaluate";
import { evaluateTimm } from "@/lib/domain/schedules/timm/evaluate";
import { evaluateTorch } from "@/lib/domain/schedules/torch/evaluate";
import { evaluateTransformers } from "@/lib/domain/schedules/transformers/evaluate";

const EVALUATORS: Readonly<Record<LibraryName, (schedule: LibrarySchedule) => LibraryEvaluation>> = {
  torch: evaluateTorch,
  transformers: evaluateTransformers,
  timm: evaluateTimm,
  keras: evaluateKeras,
  optax: evaluateOptax,
  mmcv: evaluateMmcv,
  pytorch_warmup: evaluatePytorchWarmup,
  fastai: evaluateFastai,
};

/**
 * Runs a schedule as its library would, driven by `stepping` (golden README section 1). What the library itself raises
 * is in `raises`; ScheduleError is thrown for a declaration that no call of the library could look like: unknown
 * constructor or argument, wrong type, missing argument.
 */
export function evaluateLibrary(schedule: LibrarySchedule): LibraryEvaluation {
  const library = checkConstructor(schedule);
  return isPlateauClass(schedule) ? evaluatePlateau(schedule) : EVALUATORS[library](schedule);
}
