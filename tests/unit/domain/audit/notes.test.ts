import { describe, expect, test } from "vitest";
import { auditLr } from "@/lib/domain/audit/audit";
import { halfPrecision } from "@/lib/domain/audit/rounding";
import { compileDeclared, type DeclaredSchedule } from "@/lib/domain/schedules/declared";

const warmedCosine = (base: number): DeclaredSchedule => ({
  library: "transformers",
  constructor: "get_scheduler",
  kwargs: { name: "cosine", num_warmup_steps: 100, num_training_steps: 2000 },
  base_lrs: [base],
});
const drops: DeclaredSchedule = { kind: "multi_step", peak: 0.1, milestones: [730, 1440], gamma: 0.1 };

function rateOf(declared: DeclaredSchedule) {
  const compiled = compileDeclared(declared);
  return (step: number) => compiled.at([Math.max(0, step)])[0]![0]!;
}
const audit = (declared: DeclaredSchedule, lr: (step: number) => number, every = 1, from = 0) => {
  const log = [];
  for (let step = from; step < 2000; step += every) log.push({ step, lr: lr(step), epoch: null });
  return auditLr({ log, declared, compiled: compileDeclared(declared) });
};

/** To so many bits behind the first, and none below 2^least. */
const rounded = (bits: number, least: number) => (value: number) => {
  const ulp = 2 ** (Math.floor(Math.log2(Math.max(value, 2 ** least))) - bits);
  return Math.round(value / ulp) * ulp;
};
const FORMATS = { float16: rounded(10, -14), bfloat16: rounded(7, -126) };

describe("a mean of learning rates", () => {
  const mean = (lr: (step: number) => number, from: number, to: number) => {
    let sum = 0;
    for (let step = from; step <= to; step += 1) sum += lr(step);
    return sum / (to - from + 1);
  };

  test.each([10, 20, 50, 100])("logged every %i steps is a note, not drift", (every) => {
    const means = (declared: DeclaredSchedule) => {
      const lr = rateOf(declared);
      return audit(declared, (step) => mean(lr, step - every + 1, step), every, every - 1);
    };
    expect(means(warmedCosine(1e-3))).toMatchObject({
      verdict: "match",
      findings: [{ code: "averaged", params: { since: "point", steps: every } }],
      max_relative_error: expect.toSatisfy((error: number) => error < 1e-3),
    });
    // Only the two means across its drops are off: nothing to say.
    expect(means(drops)).toMatchObject({ verdict: "match", findings: [] });
  });

  test("is told of eight means on", () => {
    const lr = rateOf(warmedCosine(1e-3));
    const codes = (count: number) => {
      const steps = Array.from({ length: count }, (_, i) => 50 * i + 49);
      const log = steps.map((step) => ({ step, lr: mean(lr, step - 49, step), epoch: null }));
      const declared = warmedCosine(1e-3);
      return auditLr({ log, declared, compiled: compileDeclared(declared) }).findings.map(({ code }) => code);
    };
    expect(codes(8)).toEqual(["averaged"]);
    expect(codes(7)).not.toContain("averaged");
  });

  test("over all steps so far too", () => {
    const lr = rateOf(warmedCosine(1e-3));
    expect(audit(warmedCosine(1e-3), (step) => mean(lr, 0, step), 10, 9)).toMatchObject({
      verdict: "match",
      findings: [{ code: "averaged", params: { since: "start" } }],
    });
  });

  test("that is not the declared schedule's is drift", () => {
    const lr = rateOf(warmedCosine(1e-3));
    const report = audit(warmedCosine(1e-3), (step) => 0.5 * mean(lr, step - 49, step), 50, 49);
    expect(report.verdict).toBe("drift");
    expect(report.findings.map(({ code }) => code)).not.toContain("averaged");
  });
});

describe.each(Object.entries(FORMATS))("%s", (format, round) => {
  test.each([1e-5, 1e-3, 0.3])("a log of them, up to %f, is a note", (base) => {
    const lr = rateOf(warmedCosine(base));
    expect(audit(warmedCosine(base), (step) => round(lr(step)), 10)).toMatchObject({
      verdict: "match",
      findings: [{ code: "half_precision", params: { format } }],
    });
  });

  test("hides no mistake that is larger", () => {
    const lr = rateOf(warmedCosine(1e-3));
    expect(audit(warmedCosine(1e-3), (step) => round(0.3 * lr(step)))).toMatchObject({
      verdict: "drift",
      findings: [{ code: "scaled", params: { factor: 0.3 } }],
    });
  });
});

describe("a log that was rounded for print", () => {
  const cosine = (peak: number): DeclaredSchedule => ({ kind: "cosine", peak, floor: 0, steps: 100 });
  const printed = (peak: number, print: (lr: number) => string, points = 100) => {
    const lr = rateOf(cosine(peak));
    const log = Array.from({ length: points }, (_, step) => ({
      step,
      lr: Number(print(lr(step))),
      epoch: null,
    }));
    return auditLr({ log, declared: cosine(peak), compiled: compileDeclared(cosine(peak)) });
  };

  test.each<[string, number, (lr: number) => string, object]>([
    ["four decimals", 3e-4, (lr) => lr.toFixed(4), { decimals: 4 }],
    ["four decimals, of which only one value is left", 1e-4, (lr) => lr.toFixed(4), { decimals: 4 }],
    ["two digits", 3e-4, (lr) => lr.toPrecision(2), { digits: 2 }],
    ["one digit", 0.1, (lr) => lr.toPrecision(1), { digits: 1 }],
  ])("to %s is a note", (_name, peak, print, params) => {
    expect(printed(peak, print)).toMatchObject({ verdict: "match", findings: [{ code: "rounded", params }] });
  });

  /** A line to 0 on which every second edge of a tenth is rounded down, the others up. */
  const line = (from: number, points: number, every: number) => {
    const declared: DeclaredSchedule = { kind: "linear", from, to: 0, steps: 100 };
    const near = (step: number) => (1 - step / 100) * (1 + (step % 20 === 5 ? -1e-9 : 1e-9));
    const log = Array.from({ length: points }, (_, i) => ({
      step: every * i,
      epoch: null,
      lr: Number(near(every * i).toFixed(1)),
    }));
    return auditLr({ log, declared, compiled: compileDeclared(declared) }).findings.map(({ code }) => code);
  };

  test("is told by eight points, whichever side of an edge within a millionth they are on", () => {
    expect([line(1, 8, 5), line(1, 7, 5)]).toEqual([["rounded"], []]);
    expect([line(1 + 0.9e-6, 60, 1), line(1 - 0.9e-6, 60, 1)]).toEqual([["rounded"], ["rounded"]]);
    for (const from of [1 + 1.2e-6, 1 - 1.2e-6]) expect(line(from, 60, 1)).not.toContain("rounded");
  });

  test("hides no mistake, and no standstill", () => {
    const tooLow = (lr: number) => (lr * 0.96).toPrecision(2);
    for (const print of [tooLow, () => "0.0003", () => "0"]) {
      expect(printed(3e-4, print)).toMatchObject({ verdict: "drift" });
    }
  });
});

test("a few round values are no 16-bit floats", () => {
  expect(halfPrecision([1, 0.5, 0.25, 0.125])).toBeNull();
  expect(halfPrecision(Array.from({ length: 16 }, (_, i) => 2 ** -i))).toBeNull();
  expect(halfPrecision(Array.from({ length: 50 }, (_, i) => 0.1 * 0.9 ** i))).toBeNull();
});

describe("of several param groups", () => {
  const cosine = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 } as const;
  const own: DeclaredSchedule = {
    kind: "groups",
    groups: [{ spec: cosine }, { name: "head", spec: { kind: "constant", value: 0.5 } }],
  };
  const torch: DeclaredSchedule = {
    library: "torch",
    constructor: "CosineAnnealingLR",
    kwargs: { T_max: 2000 },
    base_lrs: [0.1, 0.01],
  };
  const second = (step: number) => compileDeclared(torch).at([step])[1]![0]!;

  test("the log of another than the first is a match, and says which", () => {
    const note = { verdict: "match", findings: [{ code: "other_group", params: { group: 1 } }] };
    const reports = [audit(own, () => 0.5, 10), audit(torch, second, 10)];
    expect(reports).toMatchObject([note, note]);
    expect(reports.map(({ findings }) => findings[0]!.message)).toEqual([
      expect.stringContaining("param group 1 (head)"),
      expect.stringContaining("param group 1,"),
    ]);
  });

  test("one that follows none of them throughout is drift", () => {
    expect(audit(torch, (step) => (step < 1900 ? 1 : 1.1) * second(step), 10).verdict).toBe("drift");
  });
});

describe("a log that counts its own calls", () => {
  const cosine: DeclaredSchedule = { kind: "cosine", peak: 1e-3, floor: 0, steps: 5000 };
  const lr = rateOf(cosine);
  const log = Array.from({ length: 100 }, (_, i) => ({ step: i, lr: lr(50 * i), epoch: null }));
  const compiled = compileDeclared(cosine);
  const counter = (key: string, value: (i: number) => number) => ({
    key,
    values: log.map(({ step }) => ({ step, value: value(step) })),
  });
  const found = (...counters: ReturnType<typeof counter>[]) =>
    auditLr({ log, declared: cosine, compiled, counters }).findings;

  test("is told by the metric that counts the updates", () => {
    expect(found(counter("iter", (i) => 50 * i))).toMatchObject([
      { code: "time_scale", params: { N: 50, cadence: "counter", counter: "iter" } },
    ]);
    expect(found(counter("iter", (i) => 50 * i))[0]!.message).toContain("with iter");
  });

  test("but not by one that explains nothing, or counts backwards", () => {
    for (const value of [(i: number) => 7 * i, (i: number) => 5000 - i])
      expect(found(counter("iter", value))).toMatchObject([{ params: { N: 50, cadence: "several" } }]);
  });
});

describe("a schedule that ends before its run", () => {
  const oneCycle = (total_steps: number, perEpoch = false): DeclaredSchedule => ({
    library: "torch",
    constructor: "OneCycleLR",
    kwargs: { max_lr: 0.1, total_steps },
    base_lrs: [0.1],
    stepping: { unit: perEpoch ? "epoch" : "step" },
  });
  const run = (declared: DeclaredSchedule, logged: number, totalSteps: number | null) => {
    const compiled = compileDeclared(declared, { stepsPerEpoch: 10 });
    const log = Array.from({ length: logged }, (_, step) => ({
      step,
      lr: compiled.at([step])[0]![0]!,
      epoch: null,
    }));
    return auditLr({ log, declared, compiled, stepsPerEpoch: 10, totalSteps });
  };

  test("is said beforehand, with the step and what is raised", () => {
    const { verdict, findings } = run(oneCycle(100), 60, 150);
    expect(verdict).toBe("match");
    expect(findings).toMatchObject([
      { code: "past_end", from_step: 101, params: { step: 101, type: "ValueError" } },
    ]);
    expect(findings[0]!.message).toContain("150 steps");
  });

  test("and when the log shows it, by steps and by epochs", () => {
    expect(run(oneCycle(100), 130, null).findings).toMatchObject([
      { code: "past_end", from_step: 101, to_step: 129 },
    ]);
    expect(run(oneCycle(10, true), 130, null).findings).toMatchObject([{ code: "past_end", from_step: 110 }]);
  });

  test("not of one that ends with its run", () => {
    expect(run(oneCycle(100), 100, 100).findings).toEqual([]);
    expect(run(oneCycle(10, true), 100, 100).findings).toEqual([]);
  });
});

describe("a speed beyond those that are counted", () => {
  const cosine = (length: number): DeclaredSchedule => ({
    kind: "cosine",
    peak: 1e-3,
    floor: 0,
    steps: length,
  });

  test.each([100, 128, 200, 256, 777, 4096])("once in %i steps", (n) => {
    const lr = rateOf(cosine(40));
    const log = Array.from({ length: 2000 }, (_, i) => ({
      step: i * Math.ceil(n / 50),
      lr: lr(Math.floor((i * Math.ceil(n / 50)) / n)),
      epoch: null,
    }));
    const report = auditLr({ log, declared: cosine(40), compiled: compileDeclared(cosine(40)) });
    expect(report.findings).toMatchObject([{ code: "time_scale", params: { N: 1 / n, cadence: "seldom" } }]);
  });

  test("once an epoch, as the log's own epochs say: to be declared per epoch", () => {
    const lr = rateOf(cosine(30));
    const log = Array.from({ length: 1125 }, (_, i) => ({
      step: i * 100,
      lr: lr(Math.floor((i * 100) / 3750)),
      epoch: Math.floor((i * 100) / 3750),
    }));
    const { findings } = auditLr({ log, declared: cosine(30), compiled: compileDeclared(cosine(30)) });
    expect(findings).toMatchObject([{ code: "time_scale", params: { cadence: "per_epoch" } }]);
    expect(1 / Number(findings[0]!.params.N)).toBeCloseTo(3750, -1);
    expect(findings[0]!.fix).toContain('unit="epoch"');
  });

  test.each([300, 1000, 5000])("%i times a step", (n) => {
    const lr = rateOf(cosine(1e6));
    const log = Array.from({ length: 180 }, (_, step) => ({ step, lr: lr(n * step), epoch: null }));
    const report = auditLr({ log, declared: cosine(1e6), compiled: compileDeclared(cosine(1e6)) });
    expect(report.findings).toMatchObject([{ code: "time_scale", params: { N: n, cadence: "several" } }]);
  });
});

describe("a log of 16-bit floats is spoken of once it shows", () => {
  const STEPS = 40;
  const dyadic = (i: number) => (1 + (2 * i + 1) / 1024) / 2 ** (i % 5);
  /** Declared: 16-bit floats, of which the last `count` were rounded off by the share `off`. */
  const noteFor = (count: number, off: number) => {
    const logged = Array.from({ length: STEPS }, (_, i) => dyadic(i));
    const values = logged.map((lr, i) => (i < STEPS - count ? lr : lr * (1 + off)));
    const declared: DeclaredSchedule = {
      kind: "piecewise",
      values,
      boundaries: values.slice(1).map((_, i) => i + 1),
    };
    const log = logged.map((lr, step) => ({ step, lr, epoch: null }));
    return auditLr({ log, declared, compiled: compileDeclared(declared) }).findings.map(({ code }) => code);
  };

  test.each([
    ["at two points it may be chance", 2, 1e-4, []],
    ["at three it is told", 3, 1e-4, ["half_precision"]],
    ["what a float32 may be off shows nothing", 3, 0.7e-6, []],
    ["a little more does", 3, 1.5e-6, ["half_precision"]],
  ])("%s", (_, count, off, codes) => expect(noteFor(count, off)).toEqual(codes));
});
