import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { pythonFunctions } from "@/lib/domain/export/functions";
import type { Dialect } from "@/lib/domain/export/formula";
import { lrs } from "@/lib/domain/schedules/lr-at";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { NATIVE_CASES } from "@/tests/support/export-cases";
import { closeTo } from "@/tests/support/matchers";
import { anySpec } from "@/tests/support/schedule-specs";

/** The same formulas said in JavaScript, whose operators are Python's, so that they run here. */
const SCRIPT: Dialect = {
  cos: (x) => `Math.cos(Math.PI * ${x})`,
  times: (length, x) => `Math.floor(${x} / ${length})`,
  whole: (x) => `Math.floor(${x})`,
  min: (a, b) => `Math.min(${a}, ${b})`,
  max: (a, b) => `Math.max(${a}, ${b})`,
  reached: (list, step) => `${list}.filter((at) => ${step} >= at).length`,
  entry: (list, index) => `${list}[${index}]`,
  body: ({ lets = [], cases = [], otherwise }) =>
    [
      ...lets.map(([name, value]) => `const ${name} = ${value};`),
      ...cases.map(([condition, value]) => `if (${condition}) return ${value};`),
      `return ${otherwise};`,
    ].join("\n"),
};

function compiled(spec: ScheduleSpec): (step: number) => number {
  const functions = pythonFunctions(spec, "lr_at", SCRIPT).map((text) =>
    text.replace(/^def (\w+)\(step\):\n([\s\S]*)$/, "function $1(step) {\n$2\n}"),
  );
  return new Function(`${functions.join("\n")}\nreturn lr_at;`)() as (step: number) => number;
}

function expectSame(spec: ScheduleSpec, steps: number): void {
  const formula = compiled(spec);
  const want = lrs(spec, 0, steps);
  const scale = want.reduce((most, lr) => Math.max(most, lr), 0);
  const wrong = want.findIndex((lr, step) => !closeTo(formula(step), lr, 1e-9, scale));
  const told = wrong === -1 ? "" : `step ${wrong}: ${formula(wrong)} instead of ${want[wrong]}`;
  expect(told, JSON.stringify(spec)).toBe("");
}

describe("formulas compute what the evaluator does", () => {
  test.each(Object.entries(NATIVE_CASES))("%s", (_, spec) => expectSame(spec, 150));

  /** Shrinking cycles have no end that a list of them could reach; the contract takes growing ones only. */
  const shrinks = (spec: ScheduleSpec): boolean => /"T_mult":0\.5/.test(JSON.stringify(spec));

  test.prop([anySpec.filter((spec) => !shrinks(spec)), fc.integer({ min: 1, max: 300 })], { numRuns: 200 })(
    "any composition",
    (spec, steps) => expectSame(spec, steps),
  );
});
