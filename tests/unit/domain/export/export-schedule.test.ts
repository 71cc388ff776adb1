import { describe, expect, test } from "vitest";
import type { ExportTarget } from "@/lib/domain/export/exported";
import { exportSchedule } from "@/lib/domain/export/export-schedule";
import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { GROUP_CASES, LIBRARY_CASES, NATIVE_CASES } from "@/tests/support/export-cases";

const TARGETS = ["torch", "transformers", "timm", "keras", "optax"] as const;

const native = (name: string, target: ExportTarget) => exportSchedule(NATIVE_CASES[name]!, target);
const library = (name: string, target: ExportTarget) => exportSchedule(LIBRARY_CASES[name]!, target);

describe("a library's own classes come first", () => {
  test.each([
    ["cosine", "torch", "CosineAnnealingLR(optimizer, T_max=60, eta_min=0.00003)"],
    ["step", "torch", "StepLR(optimizer, step_size=15, gamma=0.1)"],
    ["one-cycle", "torch", "OneCycleLR(optimizer, max_lr=0.1, total_steps=80, cycle_momentum=False)"],
    ["restarts, doubling", "torch", "CosineAnnealingWarmRestarts(optimizer, T_0=10, T_mult=2, eta_min=0.0)"],
    ["warmup + cosine to 0", "torch", "LambdaLR(optimizer, lr_lambda=lambda step: step / 12)"],
    [
      "warmup from a tenth + cosine",
      "torch",
      "LinearLR(optimizer, start_factor=0.1, end_factor=1.0, total_iters=12)",
    ],
    ["warmup + cosine to 0", "transformers", "get_cosine_schedule_with_warmup("],
    ["warmup + linear", "transformers", "get_linear_schedule_with_warmup("],
    ["wsd 1-sqrt", "transformers", "get_scheduler("],
    ["inverse sqrt", "transformers", "get_inverse_sqrt_schedule(optimizer, num_warmup_steps=20)"],
    ["warmup + cosine", "timm", "CosineLRScheduler("],
    ["multi-step", "timm", "decay_t=[21, 41, 41]"],
    ["warmup + cosine", "keras", "keras.optimizers.schedules.CosineDecay("],
    ["piecewise", "keras", "boundaries=[9, 32]"],
    ["warmup + cosine", "optax", "optax.warmup_cosine_decay_schedule("],
    ["sequence", "optax", "optax.join_schedules("],
  ] as const)("%s for %s", (name, target, words) => {
    const { code, exact } = native(name, target);
    expect(code).toContain(words);
    expect(exact).toBe(true);
  });

  test.each(TARGETS)("and in its own words for %s", (target) => {
    const own = Object.entries(LIBRARY_CASES).filter(([name]) => name.startsWith(target));
    expect(own.length).toBeGreaterThan(1);
    for (const [, schedule] of own) {
      const { code, exact, notes } = exportSchedule(schedule, target);
      if (isNative(schedule)) throw new Error("not a library's");
      expect(code).toContain(bareName(schedule.constructor).replace("get_scheduler", "get_"));
      expect(exact).toBe(true);
      expect(notes).toEqual([]);
    }
  });
});

describe("else a formula, which says so", () => {
  test.each([
    ["product", "torch", "LambdaLR(optimizer, lambda step: lr_at(step) / "],
    ["product", "transformers", "optimizers=(optimizer, scheduler)"],
    ["product", "timm", "class ExportedScheduler(Scheduler):"],
    ["product", "keras", "class ExportedSchedule(keras.optimizers.schedules.LearningRateSchedule):"],
    ["product", "optax", "def schedule(count):"],
  ] as const)("%s for %s", (name, target, words) => {
    const { code, exact, notes } = native(name, target);
    expect(`${code}\n${notes.join("\n")}`).toContain(words);
    expect(exact).toBe(true);
    expect(notes.join(" ")).toMatch(/^No (class|function) of /);
  });

  test("never a fractional power of what XLA may round below zero", () => {
    expect(native("polynomial floored", "keras").code).toContain("ops.maximum(0.0, ");
    expect(native("polynomial floored", "optax").code).toContain("jnp.maximum(0.0, ");
    expect(native("polynomial", "keras").code).toContain("PolynomialDecay(");
  });
});

describe("where a library's own class would be off", () => {
  const stairs = (step_size: number) => ({ kind: "step", peak: 0.1, step_size, gamma: 0.1 }) as const;

  test("a staircase that XLA lets fall a step late is a formula that does not", () => {
    expect(exportSchedule(stairs(46), "keras").code).toContain("ExponentialDecay(");
    expect(exportSchedule(stairs(46), "optax").code).toContain("exponential_decay(");
    expect(exportSchedule(stairs(47), "keras").code).toContain("ops.floor_divide(step, 47)");
    expect(exportSchedule(stairs(47), "optax").code).toContain("jnp.floor_divide(step, 47)");
  });

  test("a warmup to where a rising line begins is no LambdaLR of torch's, which would climb to its end", () => {
    const then = { kind: "linear", from: 0.001, to: 0.1, steps: 50 } as const;
    const rise = { kind: "warmup", shape: "cosine", steps: 10, start_factor: 0.1 } as const;
    expect(exportSchedule({ ...rise, then }, "torch").code).not.toContain("SequentialLR");
    expect(exportSchedule({ ...rise, then: { ...then, from: 0.1, to: 0 } }, "torch").code).toContain(
      "SequentialLR",
    );
  });
});

describe("what differs is in the notes", () => {
  test("torch's cosine rises again after its end, timm's does not", () => {
    expect(native("cosine", "torch").notes).toEqual([
      "Made for 60 steps: beyond them torch does not hold the last learning rate.",
    ]);
    expect(native("cosine", "timm").notes).toEqual([]);
  });

  test("one curve for all param groups is not exact", () => {
    for (const target of ["keras", "optax"] as const) {
      const { exact, notes } = exportSchedule(GROUP_CASES["two groups, two shapes"]!, target);
      expect(exact).toBe(false);
      expect(notes[0]).toContain("only the first of 2 param groups");
    }
    expect(exportSchedule(GROUP_CASES["two groups, two shapes"]!, "torch")).toMatchObject({ exact: true });
  });

  test("what has no formula is listed, exactly while the list is short", () => {
    const short = library("timm tanh", "torch");
    expect(short).toMatchObject({ exact: true });
    expect(short.notes[0]).toContain("listed up to step 60");
    const long = exportSchedule(
      {
        library: "timm",
        constructor: "timm.scheduler.TanhLRScheduler",
        kwargs: { t_initial: 100_000, t_in_epochs: false },
        base_lrs: [0.05],
      },
      "optax",
    );
    expect(long.exact).toBe(false);
    expect(long.notes.join(" ")).toMatch(/off by up to 0\.00?\d+ %/);
    expect(long.code.split("\n").length).toBeLessThan(120);
  });

  test("a list that ends before its schedule is not exact", () => {
    const { exact, notes } = library("keras cycling polynomial", "torch");
    expect(exact).toBe(false);
    expect(notes.join(" ")).toContain("the schedule goes on");
  });
});

describe("epochs", () => {
  const perEpoch = NATIVE_CASES["per epoch"]!;

  test.each(["torch", "timm"] as const)("%s is stepped once per epoch", (target) => {
    const { stepping, code } = exportSchedule(perEpoch, target);
    expect(stepping).toBe("epoch");
    expect(code).toMatch(/After every epoch|end of every epoch/);
  });

  test.each(["transformers", "keras", "optax"] as const)("%s counts the steps", (target) => {
    expect(exportSchedule(perEpoch, target)).toMatchObject({ stepping: "step", exact: true });
  });

  const declared: DeclaredSchedule = {
    library: "torch",
    constructor: "StepLR",
    kwargs: { step_size: 30 },
    base_lrs: [0.1],
    stepping: { unit: "epoch" },
  };

  test("one that is stepped otherwise says how, and is a table elsewhere", () => {
    const often: LibrarySchedule = { ...declared, stepping: { unit: "step", calls: 4, until: 90 } };
    expect(exportSchedule(often, "torch").notes).toEqual([
      "Step the scheduler 4 times after every update, then stop after 90 steps.",
    ]);
    expect(exportSchedule(often, "keras").notes[0]).toMatch(/has nothing like it/);
    const seldom: LibrarySchedule = { ...declared, stepping: { unit: "step", every: 3, each_epoch: true } };
    expect(exportSchedule(seldom, "torch", { stepsPerEpoch: 10 }).notes).toEqual([
      "Step the scheduler after every 3. update, counted anew in each epoch.",
    ]);
    expect(exportSchedule({ ...declared, stepping: { unit: "step" } }, "torch").notes).toEqual([]);
  });

  test("a declared one keeps its unit, or is counted in steps when their number is known", () => {
    expect(exportSchedule(declared, "torch", { stepsPerEpoch: 10 })).toMatchObject({ stepping: "epoch" });
    expect(exportSchedule(declared, "optax", { stepsPerEpoch: 10 })).toMatchObject({ stepping: "step" });
    expect(() => exportSchedule(declared, "optax")).toThrow(
      expect.objectContaining({ name: "ScheduleError", path: "steps_per_epoch" }),
    );
  });
});

describe("text", () => {
  test("JSON reads back as the schedule", () => {
    for (const schedule of [...Object.values(NATIVE_CASES), ...Object.values(LIBRARY_CASES)]) {
      const { code, exact } = exportSchedule(schedule, "json");
      expect(JSON.parse(code)).toEqual(schedule);
      expect(exact).toBe(true);
    }
  });

  test("learning rates are floats, lengths are integers", () => {
    const { code } = library("keras cosine with warmup", "keras");
    expect(code).toContain("initial_learning_rate=0.0");
    expect(code).toContain("warmup_target=1.0");
    expect(code).toContain("decay_steps=50");
    expect(library("optax piecewise", "optax").code).toContain("{10: 0.5, 30: 0.1}");
  });

  test("a name of the user's cannot end its comment", () => {
    const monitor = "loss\nimport os; os.remove('x') #";
    const schedule: DeclaredSchedule = { kind: "reduce_on_plateau", peak: 0.1, monitor };
    for (const target of TARGETS) {
      const lines = exportSchedule(schedule, target).code.split("\n");
      expect(lines.filter((line) => line.trimStart().startsWith("import os"))).toEqual([]);
    }
  });

  test("a bad declaration is refused by its argument", () => {
    const schedule: DeclaredSchedule = {
      library: "torch",
      constructor: "StepLR",
      kwargs: { step_size: 3, gama: 0.1 },
      base_lrs: [0.1],
    };
    expect(() => exportSchedule(schedule, "keras")).toThrow(
      expect.objectContaining({ name: "ScheduleError", path: "schedule.kwargs.gama" }),
    );
  });
});
