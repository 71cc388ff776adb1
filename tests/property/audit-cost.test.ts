import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { counted, SCHEDULES, stepsOf, TURNS } from "@/tests/support/gapped-logs";
import { randomOf } from "@/tests/support/mistaken-runs";

/**
 * Evaluations of the declared curve: so many whatever the log, and so many more for each of its points. Most logs take a
 * few thousand. A walk through the steps of a wide gap would take 10⁹ and more.
 */
const AT_LEAST = 450_000;
const A_POINT = 100;

test.prop(
  [
    fc.constantFrom(...Object.keys(SCHEDULES)),
    fc.constantFrom(...Object.keys(TURNS)),
    fc.integer({ min: 0, max: 2 ** 31 }),
    fc.constantFrom(1, 10, 1e3, 1e6, 1e9, 1e12),
    fc.integer({ min: 1, max: 400 }),
    fc.constantFrom("even", "a gap", "wild"),
  ],
  { numRuns: 20 },
)(
  "an audit asks for as many LRs as the log has points, whatever its steps are",
  (name, turn, seed, gap, n, spacing) => {
    const r = randomOf(seed);
    const steps = stepsOf(r, n, gap, spacing);
    const end = steps.at(-1)! + 1;
    const declared = SCHEDULES[name]!(r.one([end, Math.ceil(end / 2), n * gap]));
    const { compiled, asked } = counted(compileDeclared(declared));
    const plain = compileDeclared(declared);
    const at = (step: number) => plain.at([Math.max(0, step)])[0]![0]!;
    const lr = TURNS[turn]!(at, steps[Math.floor(r.between(0.2, 0.8) * n)]!);
    auditLr({ log: steps.map((step) => ({ step, lr: lr(step), epoch: null })), declared, compiled });
    expect(asked()).toBeLessThan(AT_LEAST + A_POINT * n);
  },
);
