import { describe, expect, test } from "vitest";
import { advise } from "@/lib/domain/advise/advise";
import type { Architecture, Optimizer, Question } from "@/lib/domain/advise/question";
import { NativeScheduleSchema } from "@/lib/contracts/native-schedules";
import { compileDeclared } from "@/lib/domain/schedules/declared";
import { scheduleLength } from "@/lib/domain/schedules/schedule-length";

const IMAGENET: Question = {
  architecture: "cnn",
  optimizer: "sgd",
  batch_size: 256,
  data_size: 1_281_167,
  budget: { epochs: 90 },
  start: "scratch",
};
const FINE_TUNE: Question = {
  architecture: "transformer",
  optimizer: "adamw",
  batch_size: 32,
  data_size: 10_000,
  budget: { epochs: 3 },
  start: "fine_tune",
};
const PRETRAIN: Question = {
  architecture: "transformer",
  optimizer: "adamw",
  batch_size: 256,
  data_size: 5_000_000,
  budget: { steps: 100_000 },
  start: "scratch",
};

const first = (question: Question) => advise(question).suggestions[0]!;
const codes = (question: Question) => advise(question).warnings.map(({ code }) => code);

describe("every answer", () => {
  const architectures: Architecture[] = ["cnn", "vision_transformer", "transformer", "rnn", "mlp", "other"];
  const optimizers: Optimizer[] = [
    "sgd",
    "adam",
    "adamw",
    "radam",
    "rmsprop",
    "lion",
    "adafactor",
    "schedule_free",
    "prodigy",
    "dadaptation",
  ];
  const budgets: Question["budget"][] = [
    undefined,
    { epochs: 0.1 },
    { epochs: 3 },
    { epochs: 300 },
    { steps: 1_000_000 },
  ];
  const questions = architectures.flatMap((architecture) =>
    optimizers.flatMap((optimizer) =>
      (["scratch", "fine_tune"] as const).map((start) => ({ architecture, optimizer, start })),
    ),
  );
  const longest = (question: Question) => Math.max(2, advise(question).total_steps ?? Infinity);

  test.each(budgets)("ranks schedules, valid on the wire, within the budget, with a reason: %j", (budget) => {
    for (const asked of questions) {
      const question = { ...asked, budget, batch_size: 96, data_size: 5000 };
      const { suggestions, peak_lr } = advise(question);
      const fits = suggestions.map(({ fit }) => fit);
      expect(fits.length).toBeGreaterThan(0);
      expect(fits).toEqual([...fits].sort((a, b) => b - a));
      for (const { id, schedule, reasons } of suggestions) {
        expect(NativeScheduleSchema.safeParse(schedule).error, JSON.stringify(schedule)).toBeUndefined();
        const [lrs = []] = compileDeclared(schedule).lrs(0, 50_000, 499);
        expect(Math.max(...lrs), id).toBeLessThanOrEqual(peak_lr.value * 1.000001);
        expect(reasons.length).toBeGreaterThan(0);
        // OneCycleLR's phases need a few steps of their own.
        if (id !== "one-cycle") expect(scheduleLength(schedule) ?? 0).toBeLessThanOrEqual(longest(question));
      }
    }
  });
});

describe("the first suggestion", () => {
  test("for fine-tuning is a warmup over a tenth, then linear to zero", () => {
    expect(first(FINE_TUNE)).toMatchObject({
      id: "warmup-linear",
      schedule: { kind: "warmup", steps: 93, then: { kind: "linear", from: 3e-5, to: 0, steps: 846 } },
    });
    expect(first(FINE_TUNE).sources.map(({ authors }) => authors)).toContain("Devlin et al.");
  });

  test("for a language model is a cosine to a tenth, for an open end WSD", () => {
    expect(first(PRETRAIN)).toMatchObject({
      id: "warmup-cosine",
      schedule: { kind: "warmup", steps: 2000, then: { kind: "cosine", floor: 6e-5, steps: 98_000 } },
    });
    expect(first({ ...PRETRAIN, budget: undefined }).id).toBe("wsd");
  });

  test("for an RNN without an end follows the validation loss", () => {
    expect(first({ ...PRETRAIN, architecture: "rnn", budget: undefined }).id).toBe("plateau");
  });

  test("for optimizers that pace themselves is a constant", () => {
    for (const optimizer of ["schedule_free", "prodigy", "dadaptation"] as const) {
      expect(first({ ...IMAGENET, optimizer }).id).toBe("constant");
    }
  });

  test("for a CNN on a short budget ranks one-cycle above step decay, on a long one the other way round", () => {
    const rank = (question: Question) => advise(question).suggestions.map(({ id }) => id);
    const short = rank({ ...IMAGENET, budget: { epochs: 18 } });
    expect(short.indexOf("one-cycle")).toBeLessThan(short.indexOf("step"));
    const long = rank(IMAGENET);
    expect(long.indexOf("step")).toBeLessThan(long.indexOf("one-cycle"));
  });
});

describe("the peak LR", () => {
  test("scales linearly with the batch for SGD, with its square root for Adam", () => {
    expect(advise({ ...IMAGENET, batch_size: 1024 }).peak_lr).toMatchObject({
      value: 0.4,
      scaling: "linear",
    });
    expect(advise({ ...PRETRAIN, batch_size: 1024 }).peak_lr).toMatchObject({
      value: 0.0012,
      scaling: "sqrt",
    });
  });

  test("starts from what the user knows to be good", () => {
    const known = { reference_batch_size: 64, reference_lr: 0.02 };
    expect(advise({ ...IMAGENET, ...known, batch_size: 128 }).peak_lr).toMatchObject({
      value: 0.04,
      base: 0.02,
    });
    expect(advise({ ...IMAGENET, reference_lr: 0.02 }).peak_lr).toMatchObject({
      value: 0.02,
      scaling: "none",
    });
  });

  test("is lower for fine-tuning and for Lion, and 1 for Prodigy", () => {
    expect(advise({ ...IMAGENET, start: "fine_tune" }).peak_lr.value).toBe(0.01);
    expect(advise({ ...PRETRAIN, optimizer: "lion" }).peak_lr.value).toBe(0.00012);
    expect(advise({ ...PRETRAIN, optimizer: "prodigy", batch_size: 7 }).peak_lr.value).toBe(1);
  });
});

describe("warmup", () => {
  test("follows Adam's memory, up to a tenth of the training", () => {
    const steps = (question: Question) => {
      const { schedule } = advise(question).suggestions.find(({ id }) => id === "warmup-cosine")!;
      return schedule.kind === "warmup" ? schedule.steps : 0;
    };
    expect(steps(PRETRAIN)).toBe(2000);
    expect(steps({ ...PRETRAIN, beta2: 0.95 })).toBe(40);
    expect(steps({ ...PRETRAIN, budget: { steps: 5000 } })).toBe(500);
    expect(steps({ ...PRETRAIN, optimizer: "radam" })).toBe(0);
    expect(steps(IMAGENET)).toBe(0);
    expect(steps({ ...IMAGENET, batch_size: 8192 })).toBe(5 * 157);
  });
});

describe("conflicts", () => {
  const cosine = (steps: number) => ({ kind: "cosine", peak: 0.1, floor: 0, steps }) as const;
  const total = 90 * 5005;

  test("none where there are none", () => {
    expect(codes(IMAGENET)).toEqual([]);
    expect(codes({ ...IMAGENET, plan: { schedule: cosine(total), warmup_steps: 10 } })).toEqual([]);
  });

  test("a cosine that is shorter or longer than the training", () => {
    expect(codes({ ...IMAGENET, plan: { schedule: cosine(1000) } })).toEqual(["decay_too_short"]);
    expect(codes({ ...IMAGENET, plan: { schedule: cosine(2 * total) } })).toEqual(["decay_too_long"]);
    expect(codes({ ...IMAGENET, plan: { decay_steps: total - 1000, warmup_steps: 1000 } })).toEqual([]);
    const torch = {
      library: "torch",
      constructor: "CosineAnnealingLR",
      kwargs: { T_max: 50 },
      base_lrs: [0.1],
      stepping: { unit: "epoch" },
    } as const;
    expect(codes({ ...IMAGENET, plan: { schedule: torch } })).toEqual(["decay_too_short"]);
    expect(codes({ ...IMAGENET, plan: { schedule: { ...torch, kwargs: { T_max: 90 } } } })).toEqual([]);
  });

  test("a warmup that outlasts the training, stated or within the schedule", () => {
    const schedule = {
      kind: "warmup",
      shape: "linear",
      steps: 1000,
      start_factor: 0,
      then: cosine(10),
    } as const;
    const short = { ...IMAGENET, budget: { steps: 1000 } };
    expect(codes({ ...short, plan: { warmup_steps: 1000 } })).toContain("warmup_too_long");
    expect(codes({ ...short, plan: { schedule } })).toContain("warmup_too_long");
    expect(codes({ ...short, plan: { warmup_steps: 999 } })).not.toContain("warmup_too_long");
  });

  test("an optimizer with adaptation or a warmup of its own", () => {
    const decay = { plan: { schedule: cosine(total) } };
    expect(codes({ ...IMAGENET, optimizer: "schedule_free", ...decay })).toEqual(["built_in_adaptation"]);
    expect(
      codes({ ...IMAGENET, optimizer: "schedule_free", plan: { schedule: { kind: "constant", value: 1 } } }),
    ).toEqual([]);
    expect(codes({ ...PRETRAIN, optimizer: "adafactor" })).toEqual(["built_in_adaptation"]);
    expect(codes({ ...PRETRAIN, optimizer: "radam", plan: { warmup_steps: 100 } })).toEqual([
      "built_in_warmup",
    ]);
  });

  test("scaling beyond what was shown, and a batch larger than the data", () => {
    expect(codes({ ...IMAGENET, batch_size: 256 * 64 })).toEqual(["batch_scaling"]);
    expect(codes({ ...IMAGENET, data_size: 100, batch_size: 200 })).toEqual([
      "short_training",
      "batch_larger_than_data",
    ]);
  });
});
