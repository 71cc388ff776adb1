import { expect, test } from "vitest";
import { unscheduledJumps } from "@/lib/domain/audit/jumps";

const logOf = (lrs: readonly number[], every = 1) =>
  lrs.map((lr, i) => ({ step: i * every, lr, epoch: null }));
const at = (count: number, lr: (i: number) => number) => Array.from({ length: count }, (_, i) => lr(i));
const steps = (...input: Parameters<typeof unscheduledJumps>) =>
  unscheduledJumps(...input).map(({ step }) => step);

const cosine = (i: number) => 0.5 + 0.5 * Math.cos((Math.PI * i) / 40);
const stairs = (i: number) => 0.1 ** Math.floor(i / 10);

test.each<[string, number[], number[] | null, number[]]>([
  ["a cut that no schedule asked for", at(20, (i) => (i < 8 ? 1 : 0.5)), null, [8]],
  ["a cut beside a schedule that goes on", at(20, (i) => (i < 8 ? 1 : 0.5)), at(20, () => 1), [8]],
  ["a smooth curve", at(40, cosine), null, []],
  ["one that falls by a fixed share each step", at(20, (i) => 0.5 ** i), null, []],
  ["scheduled steps", at(40, stairs), at(40, stairs), []],
  ["scheduled steps, logged a point late", at(40, (i) => stairs(Math.max(0, i - 1))), at(40, stairs), []],
  [
    "scheduled steps, three points late",
    at(40, (i) => stairs(Math.max(0, i - 3))),
    at(40, stairs),
    [13, 23, 33],
  ],
  [
    "a step down where the schedule goes up",
    at(20, (i) => (i < 8 ? 1 : 0.5)),
    at(20, (i) => (i < 8 ? 1 : 2)),
    [8],
  ],
  ["less than a twentieth", at(20, (i) => (i < 8 ? 1 : 0.96)), null, []],
  ["more than a twentieth", at(20, (i) => (i < 8 ? 1 : 0.94)), null, [8]],
  ["seven times the slope around it", at(20, (i) => 1 - 0.01 * i - (i < 8 ? 0 : 0.06)), null, []],
  ["ten times the slope around it", at(20, (i) => 1 - 0.01 * i - (i < 8 ? 0 : 0.1)), null, [8]],
  ["the last point, which may not stay", at(9, (i) => (i < 8 ? 1 : 0.5)), null, []],
  [
    "less than half of it asked for",
    at(20, (i) => (i < 8 ? 1 : 0.2)),
    at(20, (i) => (i < 8 ? 1 : 0.65)),
    [8],
  ],
  ["half of it asked for", at(20, (i) => (i < 8 ? 1 : 0.2)), at(20, (i) => (i < 8 ? 1 : 0.55)), []],
])("%s", (_, lrs, expected, found) => {
  expect(steps(logOf(lrs), expected)).toEqual(found);
});

test("from and to zero", () => {
  expect(unscheduledJumps(logOf([0, 0, 0, 1, 1, 1, 0, 0]), null)).toMatchObject([
    { after: 2, step: 3, from: 0, to: 1, restart: null },
    { after: 5, step: 6, from: 1, to: 0 },
  ]);
});

test("a restart is told once, by its own step, also where the log is too sparse for a cliff", () => {
  const lrs = at(30, (i) => cosine(i < 20 ? i : i - 20));
  expect(unscheduledJumps(logOf(lrs), at(30, cosine), [20])).toMatchObject([
    { step: 20, restart: 20, to: 1 },
  ]);
  const sparse = logOf([1, 0.8, 0.55, 0.9, 0.65, 0.4], 10);
  expect(unscheduledJumps(sparse, null, [])).toEqual([]);
  expect(unscheduledJumps(sparse, null, [24])).toMatchObject([{ after: 20, step: 30, restart: 24 }]);
});
