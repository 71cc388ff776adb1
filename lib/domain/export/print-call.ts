import type { LibraryName, LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import { innerCalls, type Call } from "./to-torch";
import { throughGetScheduler } from "@/lib/domain/schedules/transformers/functions";
import { blocks, pyCall, PythonExpr, pyFloat, pyNumber, pyValue, without } from "./python";

/** The libraries whose code we write. */
export type CodeTarget = Extract<LibraryName, "torch" | "transformers" | "timm" | "keras" | "optax">;

export type StepUnit = "step" | "epoch";

/** Code that builds a library's own schedule, complete: imports, the optimizer's LR, how to step it. */
export function printCall(target: CodeTarget, schedule: LibrarySchedule, unit: StepUnit): string {
  const call: Call = { constructor: schedule.constructor, kwargs: { ...schedule.kwargs } };
  const bases = schedule.base_lrs ?? [];
  switch (target) {
    case "torch":
      return blocks(torchImports(call), setLr(bases), torchCode(call), howToStep("torch", unit));
    case "transformers":
      return transformersCode(call, bases, unit);
    case "timm":
      return timmCode(call, schedule, unit);
    case "keras":
      return blocks("import keras", `schedule = ${nested(call)}`, howToStep("keras", unit));
    case "optax":
      return blocks("import optax", `schedule = ${nested(call)}`, howToStep("optax", unit));
    default:
      return target satisfies never;
  }
}

/** Gives an existing optimizer the LR per param group that the schedule refers to. */
export function setLr(bases: readonly number[]): string {
  const [first] = bases;
  if (first === undefined) return "";
  const head = "# `optimizer` is yours; the schedule starts from this learning rate.\n";
  return bases.every((base) => base === first)
    ? `${head}for group in optimizer.param_groups:\n    group["lr"] = ${pyFloat(first)}`
    : `${head}for group, lr in zip(optimizer.param_groups, [${bases.map(pyFloat).join(", ")}]):\n    group["lr"] = lr`;
}

const STEPPING = {
  torch: {
    step: "# After every optimizer.step():  scheduler.step()",
    epoch: "# After every epoch:  scheduler.step()",
  },
  timm: {
    step: "# After every optimizer.step(), n of them so far:  scheduler.step_update(n)",
    epoch: "# At the end of every epoch, counted from 0:  scheduler.step(epoch + 1)",
  },
  keras: {
    step: "# optimizer = keras.optimizers.Adam(learning_rate=schedule)  counts the steps itself.",
    epoch:
      "# Counts epochs: use it as keras.callbacks.LearningRateScheduler(lambda epoch, lr: float(schedule(epoch))).",
  },
  optax: {
    step: "# optimizer = optax.adam(learning_rate=schedule)  counts the steps itself.",
    epoch: "# Counts epochs: call it as schedule(step // steps_per_epoch).",
  },
};

export const howToStep = (target: keyof typeof STEPPING, unit: StepUnit): string => STEPPING[target][unit];

const SCHEDULERS = "torch.optim.lr_scheduler";

function torchImports(call: Call): string {
  const names = new Set([call, ...innerOf(call)].map(({ constructor }) => bareName(constructor)));
  return `from ${SCHEDULERS} import ${[...names].sort().join(", ")}`;
}

const innerOf = (call: Call): Call[] => innerCalls(call).flatMap((inner) => [inner, ...innerOf(inner)]);

function torchCode(call: Call): string {
  return `scheduler = ${torchExpr(call)}`;
}

function torchExpr({ constructor, kwargs }: Call): string {
  const inner = innerCalls({ constructor, kwargs });
  const name = bareName(constructor);
  const { lr_lambda, ...others } = kwargs;
  const own = without(others, "schedulers");
  const lambdas = lr_lambda === undefined ? {} : { lr_lambda: lambda(lr_lambda) };
  if (inner.length === 0) return pyCall(name, ["optimizer"], { ...own, ...lambdas });
  const children = new PythonExpr(listOf(inner.map(torchExpr)));
  // A ChainedScheduler takes its optimizer from its parts.
  return name === "ChainedScheduler"
    ? pyCall(name, [children.text], {})
    : pyCall(name, ["optimizer"], { schedulers: children, ...own });
}

/** `{"const": c}` stands for a function that gives c. */
function lambda(value: unknown): unknown {
  if (value instanceof PythonExpr) return value;
  if (Array.isArray(value))
    return new PythonExpr(`[${value.map((entry) => pyValue(lambda(entry))).join(", ")}]`);
  const factor = typeof value === "object" && value !== null && "const" in value ? Number(value.const) : NaN;
  return new PythonExpr(`lambda epoch: ${pyFloat(factor)}`);
}

const listOf = (items: readonly string[]): string =>
  `[\n${items.map((item) => `    ${item.replaceAll("\n", "\n    ")},\n`).join("")}]`;

/** Its own function for each name, with the arguments that the function takes. */
const TRANSFORMERS: Readonly<Record<string, { name: string; takes: readonly string[] }>> = {
  constant: { name: "get_constant_schedule", takes: [] },
  constant_with_warmup: { name: "get_constant_schedule_with_warmup", takes: ["num_warmup_steps"] },
  inverse_sqrt: { name: "get_inverse_sqrt_schedule", takes: ["num_warmup_steps"] },
  linear: fromTo("get_linear_schedule_with_warmup"),
  cosine: fromTo("get_cosine_schedule_with_warmup"),
  cosine_with_restarts: fromTo("get_cosine_with_hard_restarts_schedule_with_warmup"),
  polynomial: fromTo("get_polynomial_decay_schedule_with_warmup"),
  cosine_with_min_lr: fromTo("get_cosine_with_min_lr_schedule_with_warmup"),
};

function fromTo(name: string) {
  return { name, takes: ["num_warmup_steps", "num_training_steps"] };
}

function transformersCode(call: Call, bases: readonly number[], unit: StepUnit): string {
  const {
    name,
    num_warmup_steps = 0,
    num_training_steps,
    scheduler_specific_kwargs,
    ...more
  } = throughGetScheduler(call).kwargs;
  const lengths: Record<string, unknown> = { num_warmup_steps, num_training_steps };
  const specific = isRecord(scheduler_specific_kwargs) ? scheduler_specific_kwargs : {};
  const known =
    typeof name === "string" && Object.hasOwn(TRANSFORMERS, name) ? TRANSFORMERS[name] : undefined;
  const args = known
    ? { ...Object.fromEntries(known.takes.map((key) => [key, lengths[key]])), ...specific }
    : {
        ...lengths,
        ...more,
        ...(Object.keys(specific).length > 0 ? { scheduler_specific_kwargs: specific } : {}),
      };
  const defined = Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
  const code = known
    ? pyCall(known.name, ["optimizer"], defined)
    : pyCall("get_scheduler", [pyValue(name), "optimizer"], defined);
  // Floors refer to the optimizer's default, not to its param groups.
  const defaults = bases[0] === undefined ? "" : `\noptimizer.defaults["lr"] = ${pyFloat(bases[0])}`;
  return blocks(
    `from transformers import ${known?.name ?? "get_scheduler"}`,
    setLr(bases) + defaults,
    `scheduler = ${code}`,
    howToStep("torch", unit),
  );
}

function timmCode(
  { constructor, kwargs }: Call,
  { base_lrs = [], lr_scale }: LibrarySchedule,
  unit: StepUnit,
) {
  const name = bareName(constructor);
  const scales =
    lr_scale &&
    `for group, scale in zip(optimizer.param_groups, [${lr_scale.map(pyFloat).join(", ")}]):\n    group["lr_scale"] = scale`;
  return blocks(
    `from timm.scheduler import ${name}`,
    [setLr(base_lrs), scales].filter(Boolean).join("\n"),
    `scheduler = ${pyCall(name, ["optimizer"], kwargs)}`,
    howToStep("timm", unit),
  );
}

/** A Keras class or an optax function with its full name, schedules within schedules. */
function nested({ constructor, kwargs }: Call): string {
  const inner = Array.isArray(kwargs.schedules) ? kwargs.schedules.filter(isCallLike) : [];
  const args = {
    ...kwargs,
    ...(inner.length > 0 ? { schedules: new PythonExpr(listOf(inner.map(nested))) } : {}),
    ...(Array.isArray(kwargs.boundaries_and_scales)
      ? { boundaries_and_scales: new PythonExpr(pairs(kwargs.boundaries_and_scales)) }
      : {}),
  };
  const bare = bareName(constructor);
  const name = /Decay|Restarts/.test(bare) ? `keras.optimizers.schedules.${bare}` : `optax.${bare}`;
  return pyCall(name, [], args);
}

function pairs(entries: readonly unknown[]): string {
  const words = entries.map((entry) => {
    const [step, scale] = Array.isArray(entry) ? entry.map(Number) : [];
    return `${pyNumber(step ?? NaN)}: ${pyFloat(scale ?? NaN)}`;
  });
  return `{${words.join(", ")}}`;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isCallLike = (value: unknown): value is Call =>
  isRecord(value) && typeof value.constructor === "string" && isRecord(value.kwargs);
