import { execFileSync } from "node:child_process";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import type { ExportedSchedule } from "@/lib/domain/export/exported";
import type { CodeTarget } from "@/lib/domain/export/print-call";
import { compileDeclared, type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { groupsOf } from "@/lib/domain/schedules/groups-of";

/** An interpreter that has the libraries; what it lacks is skipped, and without it all of these tests are. */
const PYTHON = process.env.LRSCOPE_PYTHON;
const SCRIPT = "tests/python/run_exported.py";
export const CODE_TARGETS = ["torch", "transformers", "timm", "keras", "optax"] as const;

const ENDLESS = 90;
const STEPS_PER_EPOCH = 4;

interface Answer {
  lrs?: (number | null)[][];
  error?: string;
}

function python(args: readonly string[], input = "", env: Readonly<Record<string, string>> = {}): unknown {
  const answer = execFileSync(PYTHON ?? "", [SCRIPT, ...args], {
    input,
    env: { ...process.env, ...env },
    encoding: "utf8",
    maxBuffer: 1e9,
    stdio: ["pipe", "pipe", "ignore"],
  });
  return JSON.parse(answer);
}

/** Which targets' libraries can be run here. */
export function installed(): Record<CodeTarget, boolean> {
  const none = { torch: false, transformers: false, timm: false, keras: false, optax: false };
  return PYTHON ? { ...none, ...(python(["--probe"]) as object) } : none;
}

/** An export with the LRs that it has to give. */
export interface Prepared {
  name: string;
  target: CodeTarget;
  exported: ExportedSchedule;
  steps: number;
  groups: number;
  want: number[][];
  /** Each group's largest LR, of all its length. */
  scales: number[];
  /** Of the metric that the schedule follows, one a step. */
  values?: number[];
}

/**
 * A cosine of torch or a OneCycleLR goes its own way after its end, which its notes say; so only up to there.
 * @param most steps that are compared, at the most
 */
export function prepared(
  name: string,
  schedule: DeclaredSchedule,
  target: CodeTarget,
  most = Infinity,
): Prepared {
  const exported = exportSchedule(schedule, target);
  const compiled = compileDeclared(schedule);
  const perEpoch = exported.stepping === "epoch" ? epochOf(schedule) : 1;
  const stops = exported.notes.some((note) => note.startsWith("Made for"));
  const length = compiled.length === null ? ENDLESS * perEpoch : compiled.length + (stops ? 0 : 20);
  const steps = Math.min(most, Math.ceil(length / perEpoch));
  const want = compiled.lrs(0, steps * perEpoch, perEpoch).map((lrs) => [...lrs]);
  const whole = compiled.lrs(0, length, Math.max(1, Math.floor(length / 1000)));
  const scales = want.map((lrs, group) => Math.max(...lrs, ...(whole[group] ?? [])));
  return { name, target, exported, steps, want, scales, groups: compiled.groups };
}

function epochOf(schedule: DeclaredSchedule): number {
  const [first] = isNative(schedule) ? groupsOf(schedule) : [];
  return first?.kind === "per_epoch" ? first.steps_per_epoch : STEPS_PER_EPOCH;
}

/** Runs the code and tells what is wrong with it: that it raises, or the first LR of a group that is not ours. */
export function faultsOf(
  cases: readonly Prepared[],
  tolerance: number,
  env: Readonly<Record<string, string>> = {},
): string[] {
  const input = cases.map(({ target, exported, steps, groups, values }) => {
    return { target, code: exported.code, stepping: exported.stepping, steps, groups, values };
  });
  const answers = python([], JSON.stringify(input), env) as Answer[];
  return cases.flatMap((prepared, i) => faultOf(prepared, answers[i] ?? {}, tolerance));
}

function faultOf(
  { name, want, scales, exported }: Prepared,
  { lrs = [], error }: Answer,
  tolerance: number,
): string[] {
  if (error !== undefined) return [`${name}: ${error}\n${exported.code}`];
  if (!exported.exact) return [];
  return want.flatMap((group, g) => {
    const most = tolerance * (scales[g] ?? NaN);
    const at = group.findIndex((lr, step) => !(Math.abs(lr - (lrs[g]?.[step] ?? NaN)) <= most));
    if (at === -1) return [];
    return [`${name}, group ${g}, step ${at}: ${lrs[g]?.[at]} instead of ${group[at]}\n${exported.code}`];
  });
}
