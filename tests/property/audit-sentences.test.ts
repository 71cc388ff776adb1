import { fc, test } from "@fast-check/vitest";
import { expect } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { apart, rate } from "@/lib/domain/audit/figures";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { SCHEDULES, stepsOf, TURNS } from "@/tests/support/gapped-logs";
import { draw, FAMILY_NAMES, logged, randomOf } from "@/tests/support/mistaken-runs";
import { MISTAKES } from "@/tests/support/mistakes";

const PATIENCE = 120_000;
const seed = fc.integer({ min: 0, max: 2 ** 31 });

/** What no sentence says. */
const NONSENSE = [
  /NaN|undefined|null|Infinity|\[object/,
  /\bfrom (\S+) to \1(?=[ ,;]|\.(?!\d))/i,
  /(?<!\S)(\S+) instead of \1(?=[ ,;]|\.(?!\d))/,
  /\bis (\S+), where the schedule says \1,/,
  /never;|never\.$| {2}|\.\./,
];

function says(findings: readonly { message: string; fix: string | null }[]) {
  for (const { message, fix } of findings) {
    for (const nonsense of NONSENSE) expect(`${message} ${fix ?? ""}`).not.toMatch(nonsense);
    expect(message).toMatch(/^[A-Z].*\.$/);
  }
}

test.prop([seed, fc.constantFrom(...FAMILY_NAMES), fc.constantFrom(...Object.keys(MISTAKES))], {
  numRuns: 20,
})(
  "a sentence about a mistake has figures, and different ones where they differ",
  (s, family, name) => {
    const r = randomOf(s);
    const drawn = draw(r, family);
    const mistake = MISTAKES[name]!(drawn, r);
    if (!mistake) return;
    const how = {
      every: r.one([1, 10]),
      offset: r.one([0, 1, -1]),
      rounding: r.one(["none", "float32", "digits"] as const),
    };
    says(auditLr(logged(drawn, mistake.lr, how)).findings);
  },
  PATIENCE,
);

test.prop([seed, fc.constantFrom(...Object.keys(SCHEDULES)), fc.constantFrom(...Object.keys(TURNS))], {
  numRuns: 20,
})(
  "so has one about a log with gaps, or of small changes",
  (s, name, turn) => {
    const r = randomOf(s);
    const n = r.whole(8, 100);
    const steps = stepsOf(r, n, r.one([1, 10, 1e6]), r.one(["even", "a gap", "wild"]));
    const declared = SCHEDULES[name]!((steps.at(-1) ?? 0) + 1);
    const compiled = compileDeclared(declared);
    const at = (step: number) => compiled.at([Math.max(0, step)])[0]![0]!;
    const turned = TURNS[turn]!(at, steps[Math.floor(n / 2)]!);
    const factor = r.one([1, 1.002, 0.9989, 1e-4]);
    const log = steps.map((step) => ({ step, lr: factor * turned(step), epoch: null }));
    says(auditLr({ log, declared, compiled }).findings);
  },
  PATIENCE,
);

test.prop([
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
])("two figures that differ are printed differently", (a, b) => {
  const [one, other] = apart(a, b);
  if (a !== b) expect(one).not.toBe(other);
  const close = a * (1 + 1e-12);
  if (close !== a && Number.isFinite(close)) expect(new Set(apart(a, close, rate)).size).toBe(2);
});
