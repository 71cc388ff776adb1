import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { backtest } from "@/lib/domain/plateau/replay";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { randomOf } from "@/tests/support/mistaken-runs";

const KWARGS = { mode: "min", factor: 0.5, patience: 4, threshold: 1e-3 };
const declared: DeclaredSchedule = {
  library: "torch",
  constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau",
  kwargs: KWARGS,
  base_lrs: [0.1],
  stepping: { unit: "epoch" },
  monitor: "val/loss",
};
const EPOCHS = 60;
const PER_EPOCH = 10;

/** Falls, then wanders. */
const losses = (() => {
  const r = randomOf(3);
  return Array.from({ length: EPOCHS }, (_, i) => 0.3 + 2 * Math.exp(-i / 6) + r.between(0, 0.05));
})();

/** The LR of every step when torch's rule decided with the given arguments at the end of each epoch. */
function trained(kwargs: object = KWARGS): number[] {
  const { lrs_after = [] } = backtest({ constructor: "ReduceLROnPlateau", config: kwargs }, losses, [0.1]);
  return Array.from({ length: EPOCHS * PER_EPOCH }, (_, step) => {
    const epoch = Math.floor(step / PER_EPOCH);
    return epoch === 0 ? 0.1 : (lrs_after[epoch - 1] ?? NaN);
  });
}

const audit = (lrs: readonly number[], schedule: DeclaredSchedule = declared) =>
  auditLr({
    log: lrs.map((lr, step) => ({ step, lr, epoch: Math.floor(step / PER_EPOCH) })),
    declared: schedule,
    compiled: compileDeclared(schedule, { stepsPerEpoch: PER_EPOCH }),
    stepsPerEpoch: PER_EPOCH,
    metric: losses.map((value, epoch) => ({ step: (epoch + 1) * PER_EPOCH - 1, value })),
  });

describe("a declared reduce-on-plateau", () => {
  test("whose cuts follow from the metric matches", () => {
    expect(new Set(trained()).size).toBeGreaterThan(3);
    expect(audit(trained())).toEqual({ verdict: "match", findings: [], offset: 0, max_relative_error: 0 });
  });

  test("that is given each value twice, or every second one, as declared", () => {
    const given = (values: readonly number[]) =>
      backtest({ constructor: "ReduceLROnPlateau", config: KWARGS }, values, [0.1]).lrs_after ?? [];
    const steps = Array.from({ length: EPOCHS * PER_EPOCH }, (_, step) => Math.floor(step / PER_EPOCH));
    const twice = given(losses.flatMap((value) => [value, value]));
    const second = given(losses.filter((_, epoch) => epoch % 2 === 1));
    const lrs = {
      calls: steps.map((epoch) => twice[2 * epoch - 1] ?? 0.1),
      every: steps.map((epoch) => second[Math.floor(epoch / 2) - 1] ?? 0.1),
    };
    for (const how of ["calls", "every"] as const) {
      expect(audit(lrs[how], { ...declared, stepping: { unit: "epoch", [how]: 2 } }).findings).toEqual([]);
      expect(audit(lrs[how]).findings).not.toEqual([]);
    }
  });

  test("in our own words too", () => {
    const own: DeclaredSchedule = {
      kind: "reduce_on_plateau",
      peak: 0.1,
      monitor: "val/loss",
      factor: 0.5,
      patience: 4,
      threshold: 1e-3,
    };
    expect(audit(trained(), own).findings).toEqual([]);
    expect(
      audit(
        trained().map(() => 0.1),
        own,
      ).findings,
    ).toMatchObject([{ code: "plateau_mismatch", params: { actual_cuts: [] } }]);
  });

  test.each([
    ["patience", 9],
    ["factor", 0.2],
    ["mode", "max"],
    ["threshold", 0.1],
    ["cooldown", 7],
  ])("with another %s is a mismatch that names it", (name, fitted) => {
    const { verdict, findings } = audit(trained({ ...KWARGS, [name]: fitted }));
    expect(verdict).toBe("drift");
    expect(findings).toMatchObject([{ code: "plateau_mismatch", params: { name, fitted } }]);
    expect(findings[0]!.message).toContain(`${name} = ${fitted}`);
  });

  test("cut for no reason is a mismatch from there on", () => {
    const lrs = trained().map((lr, step) => (step >= 55 ? lr * 0.3 : lr));
    expect(audit(lrs).findings).toMatchObject([
      { code: "plateau_mismatch", from_step: 55, params: { to_lr: 0.03, factor: 0.5 } },
    ]);
  });

  const N = EPOCHS * PER_EPOCH;
  test("from another LR is scaled, cut or not", () => {
    const tenfold = trained().map((lr) => lr * 10);
    const floored = trained({ ...KWARGS, min_lr: 0.02 }).map((lr) => Math.min(lr, 0.1));
    expect(audit(tenfold).findings).toMatchObject([{ code: "scaled", params: { factor: 10 } }]);
    // While the loss falls it makes no cut.
    expect(audit(tenfold.slice(0, 60)).findings).toMatchObject([
      { code: "scaled", params: { factor: 10, declared_lr: 0.1, actual_lr: 1 } },
    ]);
    expect(
      audit(floored, { ...declared, kwargs: { ...KWARGS, min_lr: 0.02 }, base_lrs: [0.2] }).findings,
    ).toMatchObject([{ code: "scaled", params: { factor: 0.5 } }]);
  });

  test.each<[string, (step: number, lr: number) => number, RegExp]>([
    ["never cut", () => 0.1, /was never cut; the declared rule on the monitored metric cuts at step.*on\.$/],
    [
      "warmed up by hand",
      (step, lr) => lr * Math.min(1, (step + 5) / 50),
      /starts at 0.01 instead of 0.1, which is no cut/,
    ],
    ["rising", (step, lr) => (step < 20 ? lr : lr * 1.5), /At step 20 .* from 0.1 to 0.15, which is no cut/],
    ["a cosine", (step) => 0.05 * (1 + Math.cos((Math.PI * step) / N)), /At step \d+ .* which is no cut/],
  ])("%s is told as what it is", (_name, lr, message) => {
    const { findings } = audit(trained().map((followed, step) => lr(step, followed)));
    expect(findings).toMatchObject([{ code: "plateau_mismatch", message: expect.stringMatching(message) }]);
  });

  test("the steps of many cuts are not all listed", () => {
    const lrs = Array.from({ length: N }, (_, step) => 0.1 * 0.9 ** Math.floor(step / PER_EPOCH));
    const { findings } = audit(lrs, { ...declared, kwargs: { ...KWARGS, factor: 0.9 } });
    expect(findings[0]!.message).toMatch(/was cut at steps 10, 20, .*, 200 and 39 more; the declared/);
  });

  describe("without its metric", () => {
    const unnamed: DeclaredSchedule = { ...declared, monitor: undefined };
    const blind = (lrs: readonly number[], schedule: DeclaredSchedule = unnamed) => {
      const compiled = compileDeclared(schedule, { stepsPerEpoch: PER_EPOCH });
      const log = lrs.map((lr, step) => ({ step, lr, epoch: null }));
      return auditLr({ log, declared: schedule, compiled, stepsPerEpoch: PER_EPOCH });
    };

    test("cannot be judged, and it is said what to do", () => {
      const report = blind(trained());
      expect(report).toMatchObject({
        verdict: "undecided",
        max_relative_error: null,
        findings: [{ code: "unjudged", params: { factor: 0.5 } }],
      });
      expect(report.findings[0]!.fix).toContain("monitor=");
      expect(blind(trained(), declared)).toMatchObject({
        verdict: "undecided",
        findings: [{ code: "unjudged", params: { monitor: "val/loss" } }],
      });
      expect(blind(trained(), declared).findings[0]!.fix).toContain("val/loss");
    });

    test.each<[string, (step: number) => number, object]>([
      ["no move", () => 0.1, {}],
      ["two cuts between two points", (step) => (step < 30 ? 0.1 : 0.025), {}],
      ["a floor", (step) => (step < 30 ? 0.1 : 0.06), { min_lr: 0.06 }],
    ])("%s is no fault", (_name, lr, kwargs) => {
      const lrs = Array.from({ length: 60 }, (_, step) => lr(step));
      const report = blind(lrs, { ...unnamed, kwargs: { ...KWARGS, ...kwargs } });
      expect(report).toMatchObject({ verdict: "undecided", findings: [{ code: "unjudged" }] });
    });

    test.each<[string, (step: number) => number, number]>([
      ["a rise", (step) => (step < 57 ? 0.1 : 0.2), 57],
      ["a cut by another factor", (step) => (step < 30 ? 0.1 : 0.03), 30],
      ["a cosine", (step) => 0.05 * (1 + Math.cos(step / 20)), 2],
      ["another LR from the start", () => 0.3, 0],
    ])("%s is one, whatever the metric was", (_name, lr, from_step) => {
      const lrs = Array.from({ length: 60 }, (_, step) => lr(step));
      const report = blind(lrs);
      expect(report).toMatchObject({ verdict: "drift", findings: [{ code: "plateau_mismatch", from_step }] });
      expect(report.findings[0]!.message).toMatch(/no cut of the declared rule/);
      // Two points are not yet enough.
      expect(blind(lrs.slice(0, from_step + 2)).findings).toMatchObject([{ code: "unjudged" }]);
    });
  });
});
