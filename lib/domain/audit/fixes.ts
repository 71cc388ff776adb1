import type { LibraryName, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { Explanation, FindingCode } from "./report";

type Fix = (explanation: Explanation, library: LibraryName | null) => string | null;

/** How to mend it, in the words of the framework that the schedule was declared in. */
export function fixes(explanation: Explanation, declared: LibrarySchedule | null): string | null {
  return FIXES[explanation.code](explanation, declared && libraryOf(declared));
}

const FIXES: Readonly<Record<FindingCode, Fix>> = {
  match: () => null,
  offset: () =>
    "Check where the step is counted: log the learning rate that an update was made with under that update's number, and start the scheduler with the first update.",
  time_scale: ({ params }, library) => {
    if (library === "timm" && params.cadence !== "counter")
      return params.cadence === "per_batch"
        ? "Call scheduler.step(epoch + 1) once per epoch; step_update(num_updates) is for schedules with t_in_epochs=False."
        : "Build the scheduler with t_in_epochs=False and call scheduler.step_update(num_updates) after every update.";
    return CADENCE_FIXES[String(params.cadence)] ?? null;
  },
  never_stepped: (_, library) =>
    library === "keras"
      ? "Pass the schedule to the optimizer as learning_rate, or add the LearningRateScheduler callback to fit()."
      : "Call scheduler.step() after optimizer.step(). In Lightning return the scheduler from configure_optimizers; with Transformers pass it to the Trainer as optimizers=(optimizer, scheduler).",
  restarted: ({ params }) =>
    params.from_lr !== undefined
      ? "Load scheduler.state_dict() too when resuming, after the optimizer's. A scheduler that is rebuilt takes the loaded lr for its start."
      : "Save scheduler.state_dict() in the checkpoint with the optimizer's and load both when resuming. With the Transformers Trainer use train(resume_from_checkpoint=True), in Lightning fit(ckpt_path=…).",
  warmup_missing: (_, library) => WARMUP_FIXES[library ?? "torch"] ?? WARMUP_FIXES.torch ?? null,
  scaled: () =>
    "Make the optimizer's lr and the declared base LR the same. A factor like this often comes from scaling by batch size, by the number of devices, or by a param group's own lr.",
  clipped: ({ params }) =>
    params.floor === undefined
      ? "If the ceiling is meant, declare it; else remove the code that limits the LR."
      : "If the floor is meant, declare it (eta_min, end_lr or min_lr of the schedule); else remove the code that clamps the LR.",
  parameter: ({ params }) =>
    params.default === true
      ? `Pass ${String(params.name)} where the schedule is built, or declare the value that is used.`
      : `Set ${String(params.name)} to the same value in the code and in the declaration.`,
  external_change: () =>
    "Look for code or a callback that writes optimizer.param_groups[…]['lr'] there. To change the LR of a running job so that it is recorded, request it from this run's page.",
  plateau_mismatch: ({ params }) =>
    params.expected_cuts === undefined
      ? "Look for code that sets the LR besides the declared rule, or declare the factor that is used."
      : "Check that scheduler.step(metric) gets the declared metric once per evaluation, with the declared mode, patience and threshold.",
  lag: ({ params }) =>
    params.changes === undefined
      ? "Save and load the scheduler's state together with the step counter."
      : "Harmless if small. Step the scheduler only when the optimizer stepped, and count steps the same way: with a GradScaler compare scaler.get_scale() before and after update().",
  averaged: () =>
    "Log the optimizer's own learning rate of the step (optimizer.param_groups[0]['lr']) beside the averages, not through the same average.",
  half_precision: () => "Log the learning rate as a Python float, not from a tensor of half precision.",
  other_group: () =>
    "To have the first group audited, log its own learning rate: optimizer.param_groups[0]['lr'].",
  rounded: () => "Log the learning rate itself, not a text of it with few digits.",
  past_end: () =>
    "Give the schedule as many steps as the run makes: total_steps (or epochs and steps_per_epoch) counts calls of scheduler.step().",
  unjudged: ({ params }) =>
    params.monitor === undefined
      ? "Declare monitor: the key under which the metric is logged that scheduler.step() gets (monitor= in the Python client)."
      : `Log ${String(params.monitor)} in this run, or declare as monitor the key under which it is logged.`,
  unexplained: () => null,
};

const CADENCE_FIXES: Readonly<Record<string, string>> = {
  per_batch:
    "Move scheduler.step() out of the batch loop to the end of the epoch (in Lightning interval='epoch'), or give the schedule's lengths in batches and declare it per step.",
  per_epoch:
    'Call scheduler.step() after every optimizer.step(), inside the batch loop (in Lightning interval=\'step\'), or give the schedule\'s lengths in epochs and declare it per epoch: stepping {"unit": "epoch"}, unit="epoch" in the Python client.',
  seldom:
    'Count optimizer updates, not batches: divide the schedule\'s lengths by gradient_accumulation_steps, or log updates as steps. If it is stepped once per epoch, declare it per epoch: stepping {"unit": "epoch"}, unit="epoch" in the Python client.',
  counter: "Log with the training's own counter as the step: log({…}, step=global_step).",
  several:
    "Call scheduler.step() once per update. Accelerate steps a prepared scheduler once for each process: multiply its lengths by the number of processes, or leave it out of prepare().",
};

const WARMUP_FIXES: Readonly<Partial<Record<LibraryName, string>>> = {
  torch:
    "Step the SequentialLR (or ChainedScheduler) that holds the warmup, not the scheduler inside it, and do not set the LR after building it.",
  transformers:
    "Pass num_warmup_steps (warmup_steps or warmup_ratio in TrainingArguments) to the scheduler that is in use.",
  timm: "Pass warmup_t and warmup_lr_init to the scheduler, and call step(epoch) before the first epoch too.",
  keras: "Give CosineDecay both warmup_target and warmup_steps; with only one of them there is no warmup.",
  optax: "Pass the joined schedule to the optimizer, not the decay alone.",
};
