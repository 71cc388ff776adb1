import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { leavesOf } from "@/lib/domain/audit/leaves";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { ScheduleError } from "@/lib/domain/schedules/schedule-error";
import {
  draw,
  FAMILY_NAMES,
  logged,
  type Logging,
  type Random,
  randomOf,
  ratesOf,
} from "@/tests/support/mistaken-runs";
import { MISTAKES, type Mistake, WARMUP_FAMILIES } from "@/tests/support/mistakes";

const SEEDS = [0, 1];
/** Nothing here is quick on a busy machine. */
const PATIENCE = { timeout: 120_000 };

/** Only made with a schedule that is stepped per epoch. */
const PER_EPOCH = "an epoch taken for a batch";

const anyLogging = (r: Random): Logging => ({
  every: r.one([1, 1, 10]),
  offset: r.one([0, 0, 1, -1]),
  rounding: r.one(["none", "float32", "digits"]),
});

/** Right code, parameter and step, within the logging interval. */
function found(
  report: ReturnType<typeof auditLr>,
  { code, or = [], param, at }: Mistake,
  every: number,
): boolean {
  const [only, ...others] = report.findings;
  if (!only || others.length > 0 || report.verdict !== "drift") return false;
  if (or.includes(only.code)) return true;
  if (only.code !== code) return false;
  if (at !== undefined && Math.abs(only.from_step - at) > every + 1) return false;
  if (!param) return true;
  const [name, value] = param;
  const slack = name === "restart_step" ? every + 1 : name === "k" ? 1 : 1e-3 * value;
  return Math.abs(Number(only.params[name]) - value) <= slack;
}

/** Of mistakes that cannot be told from one another in some log, so many per hundred may be called by another name. */
const LEAST_SHARE = 0.93;

describe.each(Object.entries(MISTAKES))("%s", (name, make) => {
  test("is recognised in every family, however it is logged", PATIENCE, () => {
    const missed: string[] = [];
    let tried = 0;
    for (const [index, family] of FAMILY_NAMES.entries()) {
      for (const seed of SEEDS) {
        if ((index + seed + name.length) % 3 !== 0) continue;
        const r = randomOf(seed * 7919 + family.length * 31 + name.length);
        const drawn = draw(r, family, name === PER_EPOCH ? true : undefined);
        const mistake = make(drawn, r);
        if (!mistake) continue;
        const logging = anyLogging(r);
        const report = auditLr(logged(drawn, mistake.lr, logging));
        tried += 1;
        if (!found(report, mistake, logging.every))
          missed.push(
            `${family} ${seed} ${JSON.stringify(logging)} ${JSON.stringify(report.findings[0] ?? null)}`,
          );
      }
    }
    expect(tried).toBeGreaterThanOrEqual(5);
    expect(1 - missed.length / tried, missed.join("\n")).toBeGreaterThanOrEqual(LEAST_SHARE);
  });
});

describe("the declared warmup left out", () => {
  test.each(WARMUP_FAMILIES)("%s", PATIENCE, (family) => {
    for (const seed of SEEDS) {
      const r = randomOf(seed + 100);
      const drawn = draw(r, family);
      const { atStep } = ratesOf(drawn);
      const end = drawn.ticks * drawn.unit;
      const top = Array.from({ length: end }, (_, i) => i).reduce(
        (a, b) => (atStep(b) > atStep(a) ? b : a),
        0,
      );
      const skipped = (step: number) => atStep(step + top);
      const flat = (step: number) => (step < top ? atStep(top) : atStep(step));
      for (const lr of [skipped, flat]) {
        const { findings } = auditLr(logged(drawn, lr, { every: 1, offset: 0, rounding: "float32" }));
        expect(findings.map(({ code }) => code)).toEqual(["warmup_missing"]);
        expect(findings[0]!.params.warmup_steps).toBe(top);
      }
    }
  });
});

/** Parameters whose change shows, and not as a factor of the whole curve. */
const TELLING = /T_max|gamma|step_size|milestones\[0\]|T_0|total_steps|num_training_steps|decay$|power/;

describe("another parameter than declared", () => {
  test.each(FAMILY_NAMES)("%s", PATIENCE, (family) => {
    for (const seed of SEEDS) {
      const r = randomOf(seed * 104729 + family.length);
      const drawn = draw(r, family);
      const leaves = leavesOf(drawn.declared).filter(({ name }) => TELLING.test(name));
      if (leaves.length === 0) continue;
      const leaf = r.one(leaves);
      const value =
        leaf.value >= 5
          ? Math.max(2, Math.round(leaf.value * 0.63))
          : leaf.value < 1
            ? leaf.value ** 1.7
            : leaf.value * 0.7;
      const changed = { ...drawn, declared: leaf.with(value) };
      try {
        compileDeclared(changed.declared, { stepsPerEpoch: drawn.stepsPerEpoch });
      } catch (error) {
        if (error instanceof ScheduleError) continue;
        throw error;
      }
      const lr = ratesOf(changed).atStep;
      const { findings } = auditLr(
        logged(drawn, lr, { every: 1, offset: 0, rounding: r.one(["none", "float32"]) }),
      );
      expect(findings.map(({ code, params }) => ({ code, name: params.name }))).toEqual([
        { code: "parameter", name: leaf.name },
      ]);
      expect(Number(findings[0]!.params.fitted) / value).toBeCloseTo(1, 3);
    }
  });
});

test("a finding says what to do, in one sentence each", () => {
  const drawn = draw(randomOf(5), "CosineAnnealingLR");
  const { findings } = auditLr(
    logged(drawn, () => ratesOf(drawn).atStep(0), { every: 1, offset: 0, rounding: "none" }),
  );
  expect(findings).toMatchObject([
    {
      code: "never_stepped",
      message: expect.stringMatching(/^The learning rate never moved from [\d.e-]+: .*\.$/),
      fix: expect.stringContaining("scheduler.step()"),
    },
  ]);
});
