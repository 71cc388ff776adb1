import { expect, test } from "vitest";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { PrepareFirst } from "@/lib/server/db/prepare-first";
import { requireNear } from "@/lib/server/schedules/near-step";

const cosine = { kind: "cosine" as const, peak: 0.1, floor: 0, steps: 1000 };

/** The steps that a schedule is asked for. */
function watched() {
  const compiled = compileDeclared(cosine);
  const asked: number[] = [];
  const at = (steps: ArrayLike<number>) => {
    asked.push(...Array.from(steps));
    return compiled.at(steps);
  };
  return { schedule: { ...compiled, at }, asked };
}

const preparation = (ask: () => void): PrepareFirst => {
  try {
    ask();
  } catch (error) {
    if (error instanceof PrepareFirst) return error;
  }
  throw new Error("nothing is to be prepared");
};

test("a step nearby is asked for at once, one further off is approached, and near from then on", async () => {
  const { schedule, asked } = watched();
  requireNear(schedule, 10_000);
  await preparation(() => requireNear(schedule, 30_001)).prepare();
  expect(asked).toEqual([10_000, 20_000, 30_000, 30_001]);
  requireNear(schedule, 40_001);
  expect(() => requireNear(schedule, 40_002)).toThrow(PrepareFirst);
});

test("a schedule that is stepped many times in each update is approached in as many calls", async () => {
  const { schedule, asked } = watched();
  const often = { ...schedule, stepsBefore: (step: number) => 5000 * step };
  await preparation(() => requireNear(often, 7)).prepare();
  expect(asked).toEqual([2, 4, 6, 7]);
});

test("no further than recursions are followed", async () => {
  const { schedule, asked } = watched();
  await preparation(() => requireNear(schedule, Number.MAX_SAFE_INTEGER)).prepare();
  expect([asked.length, asked.at(-1)]).toEqual([500, 5_000_000]);
  requireNear(schedule, 2 ** 52);
});
