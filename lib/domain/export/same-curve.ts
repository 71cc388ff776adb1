import {
  compileDeclared,
  type CompiledSchedule,
  type DeclaredSchedule,
} from "@/lib/domain/schedules/declared";

/** Relative to the largest LR. Far above rounding, far below what anyone would call a different schedule. */
const TOLERANCE = 1e-9;
const EVERY_STEP_UP_TO = 4096;
/** Where a schedule without an end is compared. */
const ENDLESS = [4096, 10_000, 100_000, 1_000_000];

export interface Likeness {
  /** The same LRs at the steps of a run of that length. */
  within: boolean;
  /** And afterwards. */
  beyond: boolean;
}

/** Whether two schedules give the same LRs over `length` steps and beyond; null: they go on for ever. */
export function compareCurves(a: DeclaredSchedule, b: DeclaredSchedule, length: number | null): Likeness {
  const [left, right] = [compileDeclared(a), compileDeclared(b)];
  if (length === null) {
    const same = agree(left, right, [...upTo(EVERY_STEP_UP_TO), ...ENDLESS]);
    return { within: same, beyond: same };
  }
  const end = Math.ceil(length);
  const after = [0, 1, 2, 3, 10, Math.ceil(end / 4), end].map((ahead) => end + ahead);
  return {
    within: agree(left, right, upTo(Math.max(0, end - 1))),
    beyond: agree(
      left,
      right,
      after.sort((x, y) => x - y),
    ),
  };
}

/** Every step, or evenly spread ones of a long schedule, its last steps among them. */
function upTo(last: number): number[] {
  const end = Math.floor(last);
  const stride = Math.max(1, Math.floor(end / EVERY_STEP_UP_TO));
  const steps = Array.from({ length: Math.floor(end / stride) + 1 }, (_, i) => i * stride);
  const tail = [end - 2, end - 1, end].filter((step) => step > (steps.at(-1) ?? 0));
  return [...steps, ...tail];
}

function agree(a: CompiledSchedule, b: CompiledSchedule, steps: readonly number[]): boolean {
  const [left, right] = [a.at(steps), b.at(steps)];
  return left.every((lrs, group) => {
    const scale = lrs.reduce((most, lr) => Math.max(most, Math.abs(lr)), 0);
    return lrs.every((lr, i) => Math.abs(lr - (right[group]?.[i] ?? NaN)) <= TOLERANCE * scale);
  });
}
