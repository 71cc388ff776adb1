import { compileDeclared } from "@/lib/domain/schedules/declared";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { JAX, KERAS, PLAIN, type Dialect } from "./formula";
import { howToStep, setLr, type CodeTarget, type StepUnit } from "./print-call";
import { blocks, pyFloat } from "./python";

/** The functions of one param group: what computes it comes last and is called `name`. */
export type WriteFunctions = (group: number, name: string, dialect: Dialect) => string[];

/** Code around functions that compute the LR: each target's own base class, or its plain function. */
export function printFormula(
  target: CodeTarget,
  write: WriteFunctions,
  peaks: readonly number[],
  unit: StepUnit,
): string {
  switch (target) {
    case "torch":
    case "transformers":
      return lambdaLr(write, peaks, unit);
    case "timm":
      return timmClass(write, peaks, unit);
    case "keras":
      return kerasClass(write(0, "lr_at", KERAS), unit);
    case "optax":
      return optaxFunction(write(0, "lr_at", JAX), unit);
    default:
      return target satisfies never;
  }
}

/** The largest LR of each group: what a LambdaLR's factors refer to. 1 where the LR is always 0. */
export function peaksOf(groups: readonly ScheduleSpec[], last: number): number[] {
  return groups.map((group) => {
    const stride = Math.max(1, Math.floor(last / 2048));
    const [lrs = new Float64Array()] = compileDeclared(group).lrs(0, last + 1, stride);
    return lrs.reduce((most, lr) => Math.max(most, lr), 0) || 1;
  });
}

const names = (peaks: readonly number[]) =>
  peaks.map((_, i) => (peaks.length === 1 ? "lr_at" : `lr_at_${i}`));

function lambdaLr(write: WriteFunctions, peaks: readonly number[], unit: StepUnit): string {
  const functions = names(peaks);
  const lambdas = functions.map((name, i) => `lambda step: ${name}(step) / ${pyFloat(peaks[i] ?? 1)}`);
  const [only] = lambdas;
  const argument =
    lambdas.length === 1 && only ? only : `[\n${lambdas.map((text) => `    ${text},\n`).join("")}]`;
  return blocks(
    "import math\n\nfrom torch.optim.lr_scheduler import LambdaLR",
    ...functions.flatMap((name, group) => write(group, name, PLAIN)),
    setLr(peaks),
    `scheduler = LambdaLR(optimizer, ${argument})`,
    howToStep("torch", unit),
  );
}

function timmClass(write: WriteFunctions, peaks: readonly number[], unit: StepUnit): string {
  const functions = names(peaks);
  const inEpochs = unit === "epoch";
  const values = `[lr_at(t) for lr_at in [${functions.join(", ")}]]`;
  const everyGroup = functions.length === 1 ? "[lr_at(t)] * len(self.base_values)" : values;
  return blocks(
    "import math\n\nfrom timm.scheduler.scheduler import Scheduler",
    ...functions.flatMap((name, group) => write(group, name, PLAIN)),
    [
      "class ExportedScheduler(Scheduler):",
      "    def __init__(self, optimizer):",
      `        super().__init__(optimizer, "lr", t_in_epochs=${inEpochs ? "True" : "False"})`,
      "        self.update_groups(self._get_lr(0))",
      "",
      "    def _get_lr(self, t):",
      `        return ${everyGroup}`,
    ].join("\n"),
    "scheduler = ExportedScheduler(optimizer)",
    howToStep("timm", unit),
  );
}

function kerasClass(functions: readonly string[], unit: StepUnit): string {
  return blocks(
    "import math\n\nimport keras\nfrom keras import ops",
    ...functions,
    [
      "@keras.saving.register_keras_serializable()",
      "class ExportedSchedule(keras.optimizers.schedules.LearningRateSchedule):",
      "    def __call__(self, step):",
      "        return lr_at(ops.cast(step, keras.config.floatx()))",
      "",
      "    def get_config(self):",
      "        return {}",
    ].join("\n"),
    "schedule = ExportedSchedule()",
    howToStep("keras", unit),
  );
}

function optaxFunction(functions: readonly string[], unit: StepUnit): string {
  return blocks(
    "import math\n\nimport jax.numpy as jnp",
    ...functions,
    "def schedule(count):\n    return lr_at(jnp.asarray(count, dtype=float))",
    howToStep("optax", unit),
  );
}
