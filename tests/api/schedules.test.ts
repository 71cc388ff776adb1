import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as backtestRoute from "@/app/api/v1/plateau/backtest/route";
import * as evaluateRoute from "@/app/api/v1/schedules/evaluate/route";
import { toNumber } from "@/lib/contracts/wire-number";
import { backtest, evaluateSchedule } from "@/lib/contracts/endpoints/system";
import type { LibraryEvaluation, LibraryName } from "@/lib/domain/schedules/library-schedule";
import { call, type Input, freshDatabase } from "@/tests/support/api";
import { expectGolden, goldenSchedules, type GoldenSchedule } from "@/tests/support/golden-schedules";
import { refusedFields } from "@/tests/support/problem";
import { torchSchedule } from "@/tests/support/torch-schedule";

freshDatabase();

const evaluate = (body: unknown, input: Input = {}) =>
  call(evaluateRoute.POST, evaluateSchedule, { body, ...input });

const LIBRARIES: LibraryName[] = [
  "torch",
  "transformers",
  "timm",
  "keras",
  "optax",
  "mmcv",
  "pytorch_warmup",
  "fastai",
];
const GOLDEN = LIBRARIES.flatMap((library) => goldenSchedules(library));

/** Golden README section 3. */
const toleranceOf = ({ id }: GoldenSchedule) => (id.includes("RAdamWarmup") ? 1e-11 : 1e-12);

type Evaluated = Awaited<ReturnType<typeof evaluate>>["body"];

const asEvaluation = ({ lrs, lrs_by_group, raises }: Evaluated): LibraryEvaluation => ({
  lrs_by_group: (lrs_by_group ?? [lrs ?? []]).map((group) => group.map(toNumber)),
  ...(raises ? { raises: raises as LibraryEvaluation["raises"] } : {}),
});

function expectLikeGolden(body: Evaluated, golden: GoldenSchedule) {
  if (golden.raises?.at === "construct") {
    expect(body.raises).toMatchObject({ at: "construct", type: golden.raises.type });
    return;
  }
  expect("lrs" in body).toBe(golden.lrs !== undefined);
  expectGolden(asEvaluation(body), golden, toleranceOf(golden));
  if (golden.momentums) {
    golden.momentums.forEach((momentum, i) =>
      expect(Number(body.momentums?.[i])).toBeRelativelyClose(momentum, 1e-12, 1),
    );
  }
}

describe("every golden schedule, posted as the file has it", () => {
  test("all 497 are here", () => expect(GOLDEN).toHaveLength(497));

  test.each(GOLDEN)("$id", async (golden) => {
    const schedule = { library: golden.library, ...golden.spec };
    const answer = await evaluate({ schedule });
    expect(answer.problem).toBeNull();
    expectLikeGolden(answer.body, golden);
    const { stepping } = golden.spec;
    if (!stepping || !("count" in stepping)) return;
    const again = await evaluate({ schedule, steps: stepping.count });
    expect(again.body).toEqual(answer.body);
  });
});

interface PlateauCase {
  id: string;
  library: string;
  spec: Record<string, unknown>;
  metrics: (number | string)[];
  raises?: { type: string };
  [field: string]: unknown;
}
const PLATEAU: PlateauCase[] = JSON.parse(readFileSync("tests/golden/plateau.json", "utf8"));
const RESULTS = [
  "lr_initial",
  "lrs_after",
  "lrs_after_by_group",
  "events",
  "events_by_group",
  "triggers",
  "increase_events",
  "state",
];

describe("every golden plateau case", () => {
  test("all 105 are here", () => expect(PLATEAU).toHaveLength(105));

  test.each(PLATEAU)("$id", async ({ library, spec, metrics, raises, ...golden }) => {
    const answer = await call(backtestRoute.POST, backtest, {
      body: { policy: { library, ...spec }, metrics },
    });
    expect(answer.problem).toBeNull();
    if (raises) expect(answer.body.raises).toMatchObject({ at: "construct", type: raises.type });
    else
      for (const field of RESULTS)
        if (golden[field] !== undefined) expect(answer.body).toHaveProperty(field, golden[field]);
  });

  test.each<[object, string]>([
    [{ policy: { detector: "nope" }, metrics: [] }, "policy.detector"],
    [{ policy: { detector: "torch", patience: 1.5 }, metrics: [] }, "policy.patience"],
    [{ policy: { detector: "torch" }, metrics: [1, "nan"] }, "metrics[1]"],
    [{ policy: { detector: "torch" }, metrics: [1], base_lrs: [] }, "base_lrs"],
    [{ policy: [], metrics: [] }, "policy"],
    [{ policy: { detector: "torch" } }, "metrics"],
  ])("%j is refused by name", async (body, field) => {
    const answer = await call(backtestRoute.POST, backtest, { body });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual([field]);
  });
});

const STEP = torchSchedule("torch.optim.lr_scheduler.StepLR", { step_size: 2, gamma: 0.5 });

describe("what is asked for", () => {
  test("says what the library raises on the way, by steps and by epochs", async () => {
    const oneCycle = (unit: "step" | "epoch") => ({
      library: "torch",
      constructor: "OneCycleLR",
      kwargs: { max_lr: 0.1, total_steps: 100 },
      base_lrs: [0.1],
      stepping: { unit },
    });
    const raises = { at: "step", call_index: 100, type: "ValueError" };
    const { body } = await evaluate({ schedule: oneCycle("step"), steps: 150 });
    expect(body).toMatchObject({ raises });
    expect(body.lrs).toHaveLength(150);
    const epochs = await evaluate({ schedule: oneCycle("epoch"), steps: [1009, 1010], steps_per_epoch: 10 });
    expect(epochs.body).toMatchObject({ raises });
    expect((await evaluate({ schedule: oneCycle("step"), steps: 101 })).body.raises).toBeUndefined();
  });

  test("a count, chosen steps, epochs; our own words", async () => {
    expect((await evaluate({ schedule: STEP, steps: 5 })).body).toEqual({
      lrs: [0.1, 0.1, 0.05, 0.05, 0.025],
    });
    expect((await evaluate({ schedule: STEP, steps: [4, 0] })).body).toEqual({ lrs: [0.025, 0.1] });
    const perEpoch = { ...STEP, stepping: { unit: "epoch" } };
    expect(
      (await evaluate({ schedule: perEpoch, steps: [0, 19, 20], steps_per_epoch: 10 })).body.lrs,
    ).toEqual([0.1, 0.1, 0.05]);
    expect(
      (await evaluate({ schedule: { kind: "linear", from: 0, to: 1, steps: 4 }, steps: 6 })).body.lrs,
    ).toEqual([0, 0.25, 0.5, 0.75, 1, 1]);
    expect(
      (await evaluate({ schedule: { ...STEP, base_lrs: [0.1, 0.2] }, steps: 3 })).body.lrs_by_group,
    ).toEqual([
      [0.1, 0.1, 0.05],
      [0.2, 0.2, 0.1],
    ]);
  });

  test.each<[object, string[]]>([
    [{ schedule: STEP }, ["steps"]],
    [{ schedule: STEP, steps: 0 }, ["steps"]],
    [{ schedule: STEP, steps: 1_000_001 }, ["steps"]],
    [{ schedule: STEP, steps: [1, -1] }, ["steps[1]"]],
    [{ schedule: { ...STEP, stepping: { unit: "epoch" } }, steps: 3 }, ["steps_per_epoch"]],
    [{ schedule: { ...STEP, kwargs: {} }, steps: 3 }, ["schedule.kwargs.step_size"]],
    [{ schedule: { ...STEP, kwargs: { step_size: "two" } }, steps: 3 }, ["schedule.kwargs.step_size"]],
    [{ schedule: { ...STEP, base_lrs: ["big"] }, steps: 3 }, ["schedule.base_lrs[0]"]],
    [{ schedule: { ...STEP, stepping: { unit: "year" } }, steps: 3 }, ["schedule.stepping"]],
    [{ schedule: { ...STEP, library: "jax" }, steps: 3 }, ["schedule.library"]],
    [{ schedule: { kind: "cosine", peak: 1, floor: 0 }, steps: 3 }, ["schedule.steps"]],
    [{ schedule: { library: "torch", constructor: "StepLr" } }, ["schedule.constructor"]],
    [{ schedule: { library: "timm", constructor: "StepLR" }, steps: 3 }, ["schedule.constructor"]],
    [{ schedule: { constructor: "timm.CosineLR", stepping: { unit: "epoch" } } }, ["schedule.constructor"]],
    [
      { schedule: { constructor: "optax.cosine", stepping: { mode: "step", count: 3 } } },
      ["schedule.constructor"],
    ],
    [{ schedule: null, steps: 3 }, ["schedule"]],
    [{ steps: 3 }, ["schedule"]],
  ])("%j is refused by name", async (body, fields) => {
    const answer = await evaluate(body);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect([...new Set(refusedFields(answer))]).toEqual(fields);
  });
});

describe("schedules that try the server's patience are answered, quickly, and never by a 500", () => {
  const nested = (depth: number): object =>
    depth === 0
      ? { constructor: "ConstantLR", kwargs: {} }
      : { constructor: "ChainedScheduler", kwargs: { schedulers: [nested(depth - 1)] } };
  const stepped = torchSchedule("torch.optim.lr_scheduler.SequentialLR", {
    schedulers: [
      { constructor: "MultiplicativeLR", kwargs: { lr_lambda: { const: 0.999 } } },
      { constructor: "ExponentialLR", kwargs: { gamma: 0.9 } },
    ],
    milestones: [5],
  });

  test.each<[string, object]>([
    ["growth beyond a double", { schedule: { kind: "exponential", peak: 1, gamma: 1e300 }, steps: 5 }],
    [
      "growth beyond a double in a library",
      { schedule: torchSchedule("ExponentialLR", { gamma: 1e300 }), steps: 5 },
    ],
    [
      "the same, driven",
      {
        schedule: torchSchedule("ExponentialLR", { gamma: 1e300 }, { stepping: { mode: "step", count: 5 } }),
      },
    ],
    ["the last step there is", { schedule: STEP, steps: [Number.MAX_SAFE_INTEGER] }],
    ["the last step there is, of a recursion", { schedule: stepped, steps: [Number.MAX_SAFE_INTEGER] }],
    ["a thousand schedulers deep", { schedule: { ...torchSchedule("x", {}), ...nested(1000) }, steps: 3 }],
    ["a peak of 1e308", { schedule: { kind: "cosine", peak: 1.7e308, floor: 1.7e308, steps: 7 }, steps: 9 }],
  ])("%s", async (_, body) => {
    const answer = await evaluate(body);
    expect([200, 422]).toContain(answer.status);
  });
});
