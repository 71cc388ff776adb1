import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { leavesOf } from "@/lib/domain/audit/leaves";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import type { LibraryName } from "@/lib/domain/schedules/library-schedule";
import { goldenLrs, goldenSchedules, scheduleOf } from "./golden-schedules";
import { loggedSteps, type LoggingWay } from "./logging-ways";

/** A schedule over its whole length, as a training follows it. */
export interface Followed {
  family: string;
  name: string;
  lrs: ArrayLike<number>;
  numbers: number;
}

/** The golden curves that step once a value: their own values, not those of the evaluators under test. */
export function goldenCurves(library: LibraryName): Followed[] {
  return goldenSchedules(library).flatMap((golden) => {
    const { stepping } = golden.spec;
    const [lrs = []] = goldenLrs(golden);
    const isOrdered = stepping && "mode" in stepping && stepping.mode !== "calls" && !("steps" in stepping);
    if (golden.raises || !isOrdered || lrs.some((lr) => !Number.isFinite(lr) || lr < 0)) return [];
    const [, family = ""] = golden.id.split("/");
    return [
      {
        family: `${library} ${family}`,
        name: golden.id,
        lrs,
        numbers: leavesOf(scheduleOf(golden)).length,
      },
    ];
  });
}

const transformers = (name: string, warmup: number, total: number, own: Record<string, number> = {}) => ({
  library: "transformers" as const,
  constructor: "transformers.get_scheduler",
  kwargs: {
    name,
    num_warmup_steps: warmup,
    num_training_steps: total,
    ...(Object.keys(own).length > 0 ? { scheduler_specific_kwargs: own } : {}),
  },
  base_lrs: [5e-5],
});

const LENGTHS = [375, 1000, 1173, 3000, 5000];

/** Every type of transformers' trainer at lengths that fine-tunings have. */
export function trainerCurves(): Followed[] {
  return LENGTHS.flatMap((total) => {
    const tenth = Math.round(total / 10);
    const declared: DeclaredSchedule[] = [
      transformers("linear", 0, total),
      transformers("linear", tenth, total),
      transformers("linear", Math.ceil(0.03 * total), total),
      transformers("cosine", 0, total),
      transformers("cosine", tenth, total),
      transformers("cosine_with_restarts", tenth, total, { num_cycles: 3 }),
      transformers("cosine_with_min_lr", tenth, total, { min_lr: 5e-6 }),
      transformers("cosine_warmup_with_min_lr", tenth, total, { min_lr: 5e-6, warmup_lr_rate: 0.1 }),
      transformers("polynomial", tenth, total, { power: 2, lr_end: 1e-7 }),
      transformers("constant", 0, total),
      transformers("constant_with_warmup", tenth, total),
      transformers("inverse_sqrt", tenth, total),
      transformers("warmup_stable_decay", tenth, total, { num_decay_steps: 2 * tenth }),
    ];
    return declared.map((schedule) => followed(schedule, total, "trainer"));
  });
}

function followed(schedule: DeclaredSchedule, total: number, from: string): Followed {
  const name = "kwargs" in schedule ? String(schedule.kwargs.name) : schedule.kind;
  const [lrs = []] = compileDeclared(schedule).lrs(0, total + 1);
  return {
    family: `${from} ${name}`,
    name: `${name} ${JSON.stringify("kwargs" in schedule ? schedule.kwargs : schedule)}`,
    lrs,
    numbers: leavesOf(schedule).length,
  };
}

export interface Logged {
  curve: Followed;
  way: LoggingWay;
  steps: number[];
  lrs: number[];
}

/** What a training that follows the curve logs; its LR before step 0 is that of step 0. */
export function logged(curve: Followed, way: LoggingWay): Logged {
  const last = curve.lrs.length - 1;
  const steps = loggedSteps(way, last).filter((step) => step - way.late <= last);
  const lrs = steps.map((step) => way.round(lrAt(curve, step - way.late)));
  return { curve, way, steps, lrs };
}

const lrAt = ({ lrs }: Followed, step: number): number =>
  lrs[Math.min(lrs.length - 1, Math.max(0, step))] ?? Number.NaN;

const peakOf = ({ curve }: Logged) => Array.from(curve.lrs).reduce((max, lr) => Math.max(max, lr), 0);

/** Least number of logged points that a stretch between two corners needs to be told. */
const POINTS_A_STRETCH = 4;
const LEAST_POINTS = 8;
/** Beyond the points that its numbers need. */
const MORE_POINTS = 3;

/**
 * Whether a log decides its schedule: it has three points more than the schedule has numbers, and eight, moves or rests
 * throughout, and of each stretch between two corners of the curve at least four points; of a curve that holds its LR for
 * some steps at a time, a point of each, and of one that rises and falls, four of each time.
 */
export function isIdentifiable(log: Logged): boolean {
  const { curve, steps, way } = log;
  if (way.every > Math.min(holdOf(curve), periodOf(curve, peakOf(log)) / POINTS_A_STRETCH)) return false;
  if (steps.length < Math.max(LEAST_POINTS, curve.numbers + MORE_POINTS)) return false;
  const [first = 0, last = 0] = [steps[0], steps.at(-1)];
  const [from, to] = [first - way.late, last - way.late];
  const within = cornersOf(curve, peakOf(log)).filter((corner) => corner > from && corner < to);
  const ends = [from - 1, ...within, to];
  return ends.slice(1).every((end, i) => {
    const begin = ends[i] ?? from;
    return (
      steps.filter((step) => step - way.late > begin && step - way.late <= end).length >= POINTS_A_STRETCH
    );
  });
}

/** Holds that a curve needs to be one of holds. */
const LEAST_HELD = 4;

/** Steps for which a curve holds its LR before it moves on, again and again; Infinity for one that does not. */
function holdOf({ lrs }: Followed): number {
  const moves = Array.from(lrs, (_, i) => i).filter((i) => i > 0 && lrs[i] !== lrs[i - 1]);
  const held = moves.slice(1).map((move, i) => move - (moves[i] ?? 0));
  return held.filter((length) => length > 1).length < LEAST_HELD
    ? Infinity
    : Math.min(...held.filter((length) => length > 1));
}

/** The shortest time from one turn to the next but one of a curve that turns again and again; Infinity for one that does not. */
function periodOf({ lrs }: Followed, peak: number): number {
  const turns: number[] = [];
  let way = 0;
  for (let i = 1; i < lrs.length; i += 1) {
    const move = (lrs[i] ?? 0) - (lrs[i - 1] ?? 0);
    if (Math.abs(move) <= LEAST_BEND * peak) continue;
    if (Math.sign(move) === -way) turns.push(i);
    way = Math.sign(move);
  }
  const periods = turns.slice(2).map((turn, i) => turn - (turns[i] ?? 0));
  return turns.length < LEAST_HELD ? Infinity : Math.min(...periods);
}

/** Of the peak. */
const LEAST_BEND = 1e-6;
const SHARP = 4;

/** Steps at which the curve bends as it does on neither side. */
function cornersOf({ lrs }: Followed, peak: number): number[] {
  const bend = (i: number) =>
    i < 1 || i > lrs.length - 2 ? 0 : Math.abs((lrs[i + 1] ?? 0) - 2 * (lrs[i] ?? 0) + (lrs[i - 1] ?? 0));
  return Array.from(lrs, (_, i) => i).filter((i) => {
    const around = Math.max(Math.min(bend(i - 1), bend(i - 2)), Math.min(bend(i + 1), bend(i + 2)));
    return bend(i) > LEAST_BEND * peak && bend(i) > SHARP * around;
  });
}

/** `shifted`: it is the run at every step, but counts its steps otherwise than the run's own schedule does. */
export type Answer = "right" | "shifted" | "unknown" | "wrong";

/**
 * Right: the answer is the schedule itself over the steps that the log covers, counted as the schedule counts. Of stairs
 * the step of a drop shows no better than the log's points, so that they are held against those alone; a log without the
 * beginning does not show how its schedule counts.
 */
export function answerTo(log: Logged): { answer: Answer; told: ReturnType<typeof inferSchedule> } {
  const told = inferSchedule(log.steps, log.lrs);
  if (!told.schedule) return { answer: "unknown", told };
  const moved = told.offset + log.way.late;
  const isWhole = !isStairs(log.curve) && log.way.share[0] === 0;
  if (isWhole && follows(log, told.schedule, 0)) return { answer: "right", told };
  if (!follows(log, told.schedule, moved)) return { answer: "wrong", told };
  return { answer: isWhole ? "shifted" : "right", told };
}

/** Whether a schedule, read `shift` steps later, is the curve over the steps that a log covers. */
function follows(log: Logged, schedule: DeclaredSchedule, shift: number): boolean {
  const { curve, way, steps } = log;
  const [first = 0, last = 0] = [steps[0], steps.at(-1)];
  const within = (way.round(1 / 3) === 1 / 3 ? 1e-4 : 1e-3) * peakOf(log);
  const own = isStairs(curve)
    ? steps.map((step) => Math.max(0, step - way.late))
    : range(Math.max(0, first - way.late), last - way.late);
  const [predicted = []] = compileDeclared(schedule).at(own.map((step) => Math.max(0, step + shift)));
  return own.every((step, i) => Math.abs((predicted[i] ?? Number.NaN) - lrAt(curve, step)) <= within);
}

const isStairs = ({ lrs }: Followed): boolean => {
  const moves = Array.from(lrs).filter((lr, i) => i > 0 && lr !== lrs[i - 1]).length;
  return moves * 3 < lrs.length;
};

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
