import { describe, expect, test } from "vitest";
import { inferSchedule } from "@/lib/domain/infer/infer-schedule";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { INFERABLE } from "@/tests/support/inferable";
import { type Random, randomOf } from "@/tests/support/mistaken-runs";

const DRAWS = 4;

interface Drawn {
  declared: DeclaredSchedule;
  steps: number[];
  lrs: number[];
}

function draw(family: string, seed: number, { every = 1, share = 1.04 } = {}): Drawn {
  const r = randomOf(seed * 7919 + family.length * 31);
  const n = r.whole(120, 500);
  const declared = INFERABLE[family]!(r, n, r.digits(r.log(1e-5, 1), 3));
  const steps = Array.from({ length: Math.floor((share * n) / every) }, (_, i) => i * every);
  return { declared, steps, lrs: [...compileDeclared(declared).at(steps)[0]!] };
}

/** The largest difference, relative to the LR (to a thousandth of the peak at least), at every step of the log's span. */
function errorOf(
  { declared, steps, lrs }: Drawn,
  round = (lr: number) => lr,
): { error: number; family: string } {
  const { schedule, family } = inferSchedule(steps, lrs.map(round));
  if (!schedule) return { error: Infinity, family };
  const all = Array.from({ length: steps.at(-1)! }, (_, i) => i);
  const [wanted, got] = [compileDeclared(declared).at(all)[0]!, compileDeclared(schedule).at(all)[0]!];
  const least = Math.max(...lrs) * 1e-3;
  const error = all.reduce(
    (worst, i) => Math.max(worst, Math.abs(wanted[i]! - got[i]!) / Math.max(wanted[i]!, least)),
    0,
  );
  return { error, family };
}

const draws = (family: string, how?: { every?: number; share?: number }) =>
  Array.from({ length: DRAWS }, (_, seed) => draw(family, seed, how));

describe.each(Object.keys(INFERABLE))("%s", (family) => {
  test("is found again, from float64 and from float32", () => {
    for (const [i, drawn] of draws(family).entries()) {
      const { error } = i % 2 === 0 ? errorOf(drawn) : errorOf(drawn, Math.fround);
      expect(error, JSON.stringify(drawn.declared)).toBeLessThanOrEqual(i % 2 === 0 ? 1e-6 : 1e-5);
    }
  });
});

/** What a live run, or one that logs seldom, shows of a schedule. */
const PARTS = ["cosine", "linear", "polynomial", "exponential", "warmup", "cosine_restarts", "inverse_sqrt"];

describe.each(PARTS)("%s, in part", (family) => {
  test("of two thirds of the run, or of every fifth step, no other curve is made with confidence", () => {
    for (const how of [{ share: 0.66 }, { every: 5 }]) {
      for (const drawn of draws(family, how).slice(0, DRAWS / 2)) {
        const { schedule, max_relative_error } = inferSchedule(drawn.steps, drawn.lrs);
        if (!schedule) continue;
        const [got] = compileDeclared(schedule).at(drawn.steps);
        const least = Math.max(...drawn.lrs) * 1e-3;
        const worst = drawn.lrs.reduce(
          (most, lr, i) => Math.max(most, Math.abs(lr - got![i]!) / Math.max(lr, least)),
          0,
        );
        expect(worst).toBeLessThanOrEqual(max_relative_error * 1.01 + 1e-9);
        expect(worst).toBeLessThanOrEqual(1e-3);
      }
    }
  });
});

/** Ways in which a log shows less than a schedule. `late`: it holds at step s the LR of step s − late. */
const LOGS: Record<string, (n: number, r: Random) => { steps: number[]; late?: number; round?: Round }> = {
  "the first third": (n) => ({ steps: range(0, n * 0.3) }),
  "the first third, of four digits": (n) => ({ steps: range(0, n * 0.3), round: fourDigits }),
  "the first third, of float32": (n) => ({ steps: range(0, n * 0.3), round: Math.fround }),
  "the middle": (n) => ({ steps: range(n * 0.3, n * 0.7) }),
  "every tenth step": (n) => ({ steps: range(0, n).filter((step) => step % 10 === 0) }),
  "two steps of three": (n, r) => ({ steps: range(0, n).filter(() => r.uniform() < 0.67) }),
  "steps counted from 1": (n) => ({ steps: range(1, n), late: 1 }),
  "the LR after the update": (n) => ({ steps: range(0, n), late: -1 }),
};

type Round = (lr: number) => number;
const fourDigits: Round = (lr) => Number(lr.toPrecision(4));
const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.floor(to) - Math.floor(from) + 1 }, (_, i) => Math.floor(from) + i);

/** The largest difference from step `from` to `to` of one schedule, read `late` steps late, and another. */
function apart(a: DeclaredSchedule, b: DeclaredSchedule, [from, to]: [number, number], late: number): number {
  const steps = range(from, to);
  const [wanted] = compileDeclared(a).at(steps.map((step) => Math.max(0, step - late)));
  const [got] = compileDeclared(b).at(steps);
  return steps.reduce((most, _, i) => Math.max(most, Math.abs(wanted![i]! - got![i]!)), 0);
}

describe.each(Object.entries(LOGS))("a log of %s", (_, log) => {
  test.each(Object.keys(INFERABLE))("of %s: what it does not show is not claimed", (family) => {
    const r = randomOf(family.length * 37);
    const n = r.whole(120, 400);
    const declared = INFERABLE[family]!(r, n, r.digits(r.log(1e-5, 1), 3));
    const { steps, late = 0, round = (lr: number) => lr } = log(n, r);
    const lrs = [...compileDeclared(declared).at(steps.map((step) => step - late))[0]!].map(round);
    const { schedule, offset, exact, ended, gap, notes } = inferSchedule(steps, lrs);
    if (!schedule) return;
    const peak = Math.max(...lrs);
    const shift = late + offset;
    const [first, last] = [steps[0]! + offset, steps.at(-1)! + offset];
    const told = JSON.stringify({ declared, schedule, notes });
    if (gap === 1 && exact)
      expect(apart(declared, schedule, [first, last], shift), told).toBeLessThan(2e-3 * peak);
    if (ended) expect(apart(declared, schedule, [last, n * 1.5], shift), told).toBeLessThan(0.02 * peak);
    expect(notes.length, told).toBe([offset !== 0, !exact, !ended, gap > 1].filter(Boolean).length);
  });
});

test.each([1, -1])("a log that is %i steps late is read as one, and says so", (late) => {
  const declared: DeclaredSchedule = { kind: "cosine_restarts", peak: 0.1, floor: 0.001, T_0: 30, T_mult: 2 };
  const steps = range(Math.max(0, late), 200);
  const [lrs] = compileDeclared(declared).at(steps.map((step) => step - late));
  expect(inferSchedule(steps, [...lrs!])).toMatchObject({ schedule: declared, offset: -late, exact: true });
});

test("families that part only later are named, and so is the next drop", () => {
  const steps = range(0, 40);
  const drop = inferSchedule(
    steps,
    steps.map((step) => (step < 30 ? 0.1 : 0.01)),
  );
  expect(drop.family).toBe("multi-step");
  expect(drop.alternatives.map(({ schedule }) => schedule)).toContainEqual({
    kind: "step",
    peak: 0.1,
    step_size: 30,
    gamma: 0.1,
  });
  expect(drop.notes.join(" ")).toMatch(/ends at step 40.*step would explain/);
});
