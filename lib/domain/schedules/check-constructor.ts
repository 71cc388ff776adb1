import { FASTAI_NAMES } from "@/lib/domain/schedules/fastai/evaluate";
import { KERAS_NAMES } from "@/lib/domain/schedules/keras/evaluate";
import { LIBRARIES, libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibraryName, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { PLATEAU_CLASSES } from "@/lib/domain/schedules/metric-driven";
import { MMCV_NAMES } from "@/lib/domain/schedules/mmcv/evaluate";
import { OPTAX_NAMES } from "@/lib/domain/schedules/optax/evaluate";
import { WARMUPS } from "@/lib/domain/schedules/pytorch-warmup/warmups";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { nearestName, unknownName } from "@/lib/domain/schedules/shared/unknown-name";
import { TIMM_NAMES } from "@/lib/domain/schedules/timm/evaluate";
import { TORCH_CLASSES } from "@/lib/domain/schedules/torch/blueprint";
import { TRANSFORMERS_NAMES } from "@/lib/domain/schedules/transformers/evaluate";

const OWN: Readonly<Record<LibraryName, readonly string[]>> = {
  torch: TORCH_CLASSES,
  transformers: TRANSFORMERS_NAMES,
  timm: TIMM_NAMES,
  keras: KERAS_NAMES,
  optax: OPTAX_NAMES,
  mmcv: MMCV_NAMES,
  pytorch_warmup: Object.keys(WARMUPS),
  fastai: FASTAI_NAMES,
};

const namesOf = (library: LibraryName): string[] => [
  ...new Set([...OWN[library], PLATEAU_CLASSES[library] ?? []].flat()),
];

/**
 * The schedule's library, which has its constructor. To be asked before anything else is: what else a schedule needs, its
 * constructor says. Throws ScheduleError for an unknown one.
 */
export function checkConstructor(schedule: LibrarySchedule): LibraryName {
  const name = bareName(schedule.constructor);
  const library = libraryOrNear(schedule, name);
  const known = namesOf(library);
  if (known.includes(name)) return library;
  const what = `unknown ${library} constructor ${name}`;
  throw new ScheduleError("schedule.constructor", unknownName(what, name, known));
}

/** A name that tells no library is a slip of the pen when one of some library is near. */
function libraryOrNear(schedule: LibrarySchedule, name: string): LibraryName {
  try {
    return libraryOf(schedule);
  } catch (error) {
    const near = nearestName(name, LIBRARIES.flatMap(namesOf));
    if (schedule.library !== undefined || near === null || near === name) throw error;
    throw new ScheduleError("schedule.constructor", `${name} is in no known library (did you mean ${near}?)`);
  }
}
