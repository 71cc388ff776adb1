import { z } from "zod";
import { JsonObject, WireNumber } from "@/lib/contracts/common";
import type { Point } from "@/lib/contracts/metrics";
import { PlateauPolicy } from "@/lib/contracts/plateau";
import { PrimaryMetric } from "@/lib/contracts/projects";
import type { CreateRunBody } from "@/lib/contracts/runs";
import { DeclaredScheduleSchema } from "@/lib/contracts/schedules";

/** public/examples/index.json, written by scripts/examples/select.mjs. */
export const ExampleIndex = z.strictObject({
  projects: z.array(
    z.strictObject({ name: z.string(), description: z.string(), primary_metric: PrimaryMetric }),
  ),
  runs: z.array(
    z.strictObject({
      id: z.string(),
      file: z.string(),
      project: z.string(),
      points: z.number(),
      bytes: z.number(),
      /** How it ended; null: it is left open. */
      status: z.enum(["finished", "failed", "killed"]).nullable(),
      plateau: z.array(PlateauPolicy).optional(),
    }),
  ),
});
export type ExampleIndex = z.infer<typeof ExampleIndex>;
export type ExampleRun = ExampleIndex["runs"][number];

const Scheduler = z.object({ constructor: z.string().nullable(), kwargs: JsonObject });

/** First line of a recording. */
const Header = z.object({
  name: z.string(),
  group: z.string().nullable(),
  seed: z.number().nullable(),
  config: z.object({ steps_per_epoch: z.number(), total_steps: z.number() }).catchall(z.json()),
  schedule: Scheduler.extend({
    base_lr: z.number(),
    unit: z.enum(["step", "epoch"]),
    monitor: z.string().optional(),
  }),
  tags: z.array(z.string()),
});
type Header = z.infer<typeof Header>;

/** Every further line; `t` in Unix seconds. */
const Line = z.object({
  step: z.number(),
  epoch: z.number().optional(),
  t: z.number(),
  metrics: z.record(z.string(), WireNumber),
});

export interface Recording {
  header: Header;
  points: Point[];
  /** Lines that cannot be read: a job that dies leaves its last one torn. */
  unreadable: number;
}

/** @throws Error when the first line is no run. */
export function parseRecording(text: string): Recording {
  const [first = "", ...lines] = text.split("\n").filter((line) => line.trim() !== "");
  const header = Header.parse(JSON.parse(first));
  const points: Point[] = [];
  for (const line of lines) {
    const point = pointOf(line);
    if (point) points.push(point);
  }
  return { header, points, unreadable: lines.length - points.length };
}

function pointOf(text: string): Point | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = Line.safeParse(json);
  if (!parsed.success) return null;
  const { step, epoch, t, metrics } = parsed.data;
  return { step, epoch, time: t, metrics };
}

const TORCH = "torch.optim.lr_scheduler.";

/** A scheduler with its full name, and those inside it. */
function qualified(name: string, kwargs: JsonObject): JsonObject {
  const nested = z.array(Scheduler).safeParse(kwargs.schedulers);
  if (!nested.success) return { constructor: `${TORCH}${name}`, kwargs };
  const schedulers = nested.data.map((inner) => qualified(inner.constructor ?? "ConstantLR", inner.kwargs));
  return { constructor: `${TORCH}${name}`, kwargs: { ...kwargs, schedulers } };
}

/** The declared schedule in PyTorch's words; without a scheduler the optimizer's own LR is constant. */
export function scheduleOf({ constructor, kwargs, base_lr, unit, monitor }: Header["schedule"]): JsonObject {
  if (constructor === null) return { kind: "constant", value: base_lr };
  const schedule = {
    library: "torch",
    ...qualified(constructor, kwargs),
    base_lrs: [base_lr],
    stepping: { unit },
  };
  return monitor === undefined ? schedule : { ...schedule, monitor };
}

/** The body that creates the run; the id is fixed, so that loading it twice changes nothing. */
export function createBody(example: ExampleRun, { header }: Recording): z.input<typeof CreateRunBody> {
  const { steps_per_epoch, total_steps, ...config } = header.config;
  return {
    project: example.project,
    id: example.id,
    resume: "allow",
    name: header.name,
    group: header.group,
    seed: header.seed,
    tags: ["example", ...header.tags],
    config: { ...config, steps_per_epoch, total_steps },
    schedule: DeclaredScheduleSchema.parse(scheduleOf(header.schedule)),
    lr_metric: "lr",
    total_steps,
    steps_per_epoch,
    plateau: example.plateau,
  };
}
