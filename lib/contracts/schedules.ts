import { z } from "zod";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { Step, StepsPerEpoch, WireNumber } from "./common";
import { NativeScheduleSchema } from "./native-schedules";

const Library = z.enum([
  "torch",
  "transformers",
  "timm",
  "keras",
  "optax",
  "mmcv",
  "pytorch_warmup",
  "fastai",
]);
const Kwargs = z.record(z.string(), z.json(), {
  error: "must be an object: the constructor's arguments, {} when there are none",
});
const Rates = z.array(z.number()).min(1).max(64);
const count = z.int().min(1).max(1_000_000);
/** A scheduler that counts for each process of a training is stepped as often after each update. */
const calls = z.int().min(1).max(10_000);

const Stepping = z.union(
  [
    z.strictObject({
      unit: z.enum(["step", "epoch"]).describe("What `scheduler.step()` is called after."),
      every: count.optional().describe("After every so many of them; 1 when absent."),
      calls: calls.optional().describe("So many times in a row; 1 when absent."),
      until: count.optional().describe("Not any more after so many steps of the scheduler."),
      each_epoch: z.boolean().optional().describe("`every` counts anew in each epoch."),
    }),
    z.strictObject({ mode: z.enum(["step", "eval", "timm-epoch", "timm-update", "dampening"]), count }),
    z.strictObject({ mode: z.literal("calls"), calls: z.array(z.number().nullable()).max(1_000_000) }),
    z.strictObject({ mode: z.literal("eval"), steps: z.array(z.number()).max(1_000_000) }),
    z.strictObject({ mode: z.literal("mmcv-iter"), max_epochs: count, epoch_len: count, count }),
    z.strictObject({ mode: z.literal("eval-pos"), count, total: count }),
  ],
  {
    error:
      'must be {unit: "step" | "epoch", every?, calls?, until?, each_epoch?}, or a mode with its count, calls or steps',
  },
);

/** A schedule as its library writes it; the domain checks the constructor's arguments and names the wrong one. */
export const LibraryScheduleSchema = z.strictObject({
  library: Library.optional().describe("Taken from the constructor when absent."),
  constructor: z.string().min(1).max(250),
  kwargs: Kwargs.default({}),
  base_lrs: Rates.optional(),
  stepping: Stepping.optional(),
  resume: z.strictObject({ initial_lr: Rates, group_lr: Rates }).optional(),
  lr_scale: Rates.optional(),
  lr_scheduler: z.strictObject({ constructor: z.string(), kwargs: Kwargs }).nullable().optional(),
  delay: z.boolean().optional(),
  beta2: z.number().optional(),
  monitor: z.string().min(1).max(250).optional().describe("What a declared reduce-on-plateau watches."),
});

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** Picks the form that was meant, so that an error names its field instead of both forms' fields. */
const formOf = (value: object) =>
  Object.hasOwn(value, "kind") ? NativeScheduleSchema : LibraryScheduleSchema;

/** Narrows by the schemas themselves. Arguments of a library's constructor are the domain's to check. */
export function isDeclaredSchedule(value: unknown): value is DeclaredSchedule {
  return isObject(value) && formOf(value).safeParse(value).success;
}

/** What was a schedule once, though the bounds of its numbers may have been others then. */
export const isKeptSchedule = (value: unknown): value is DeclaredSchedule =>
  isObject(value) && (Object.hasOwn(value, "kind") || Object.hasOwn(value, "constructor"));

/** A constructor without arguments may leave them out. */
function withArguments(schedule: DeclaredSchedule): DeclaredSchedule {
  return "kind" in schedule || Object.hasOwn(schedule, "kwargs") ? schedule : { ...schedule, kwargs: {} };
}

export const DeclaredScheduleSchema = z
  .custom<DeclaredSchedule>(isObject, {
    error: "must be an object with `kind` (ours) or `constructor` (a library's)",
  })
  .superRefine((value, context) => {
    if (!isObject(value)) return;
    if (!Object.hasOwn(value, "kind") && !Object.hasOwn(value, "constructor")) {
      context.addIssue({ code: "custom", message: "needs `kind` (ours) or `constructor` (a library's)" });
      return;
    }
    for (const issue of formOf(value).safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
  })
  .transform(withArguments)
  .meta({
    override: { type: "object" },
    description:
      "A schedule in our words (`kind`) or a library's (`library`, `constructor`, `kwargs`, `base_lrs`).",
  });

export const EvaluateBody = z.strictObject({
  schedule: DeclaredScheduleSchema,
  steps: z
    .union([z.int().min(1).max(1_000_000), z.array(Step).min(1).max(100_000)])
    .optional()
    .describe("How many steps from 0, or which. A library's `stepping` may say instead."),
  steps_per_epoch: StepsPerEpoch.optional(),
});
export type EvaluateBody = z.infer<typeof EvaluateBody>;

/** A schedule may grow beyond a double. */
const Lrs = z.array(WireNumber);
export const ReplayQuery = z.strictObject({
  points: z.coerce
    .number()
    .int()
    .min(2)
    .max(1000)
    .default(200)
    .describe("At most so many steps, evenly spread."),
});

export const Replay = z.strictObject({
  curve: z
    .strictObject({
      steps: z.array(Step),
      lrs: z.array(z.array(z.number())).describe("One list per param group."),
    })
    .nullable()
    .describe("null: the schedule follows no metric, or none of it was logged."),
});
export type Replay = z.infer<typeof Replay>;

export const EvaluateResponse = z.strictObject({
  lrs: Lrs.optional(),
  lrs_by_group: z.array(Lrs).optional(),
  momentums: Lrs.optional(),
  raises: z
    .strictObject({
      at: z.enum(["construct", "step"]),
      call_index: z.int().optional(),
      type: z.string(),
      message: z.string(),
    })
    .optional(),
});
export type EvaluateResponse = z.infer<typeof EvaluateResponse>;
