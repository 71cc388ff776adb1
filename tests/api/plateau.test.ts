import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import * as plateauRoute from "@/app/api/v1/runs/[run_id]/plateau/route";
import { getPlateau, setPlateau as setPlateauApi } from "@/lib/contracts/endpoints/control";
import type { Point } from "@/lib/contracts/metrics";
import { parseRecording } from "@/lib/client/examples/recording";
import { database } from "@/lib/server/db/database";
import { call, freshDatabase } from "@/tests/support/api";
import { dump } from "@/tests/support/dump";
import { refusedFields } from "@/tests/support/problem";
import { approve } from "@/tests/support/routes";
import { controlOf, createRun, log, logValues, plateauOf, setPlateau } from "@/tests/support/seed";
import recorded from "./recorded-cuts.json";

freshDatabase();

const EXAMPLES = "public/examples";
const CONFIGS = Object.values(recorded.configs);
const POLICIES = CONFIGS.map(({ metric, ...config }) => ({
  metric,
  library: "torch",
  constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau",
  config: { ...config, factor: 0.5, min_lr: 0, eps: 0 },
}));

function validationPoints(name: string): Point[] {
  const text = gunzipSync(readFileSync(`${EXAMPLES}/${name}.jsonl.gz`)).toString("utf8");
  return parseRecording(text).points.filter(({ metrics }) => Object.hasOwn(metrics, "val/loss"));
}

/** A fixed shuffle: every seventh, then the rest, so that nearly everything comes late. */
const disordered = <T>(items: readonly T[]): T[] =>
  [0, 1, 2, 3, 4, 5, 6].flatMap((first) => items.filter((_, i) => i % 7 === (first * 3) % 7));

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}

const ARRIVALS: Record<string, (points: Point[]) => Point[][]> = {
  "a few at a time": (points) => chunks(points, 3),
  "all at once": (points) => [points],
  "in batches, each sent twice": (points) => chunks(points, 17).flatMap((batch) => [batch, batch]),
  "out of order": (points) => chunks(disordered(points), 9),
  "the newest first": (points) => chunks([...points].reverse(), 16),
};

describe("recorded runs are cut where torch's ReduceLROnPlateau cut them, however the points arrive", () => {
  if (!existsSync(`${EXAMPLES}/index.json`)) {
    test.skip("public/examples is not there: nothing to compare with");
    return;
  }
  describe.each(Object.entries(recorded.runs))("%s", (name, cuts) => {
    const points = validationPoints(name);
    const want = Object.values(cuts).map((calls) => calls.map((call) => points[call]?.step));

    test.each(Object.entries(ARRIVALS))("%s", async (_, batchesOf) => {
      const run = await createRun({ plateau: POLICIES });
      for (const batch of batchesOf(points)) await log(run.id, { points: batch });
      const policies = await plateauOf(run.id);
      expect(policies.map(({ fired }) => fired.map(({ step }) => step))).toEqual(want);
    });
  });

  test("one by one", async () => {
    const points = validationPoints("cnn-plateau-s0");
    const run = await createRun({ plateau: POLICIES });
    for (const point of points) await log(run.id, { points: [point] });
    const want = Object.values(recorded.runs["cnn-plateau-s0"]).map((calls) =>
      calls.map((call) => points[call]?.step),
    );
    expect((await plateauOf(run.id)).map(({ fired }) => fired.map(({ step }) => step))).toEqual(want);
  });

  test("the recordings hold cuts to compare", () => {
    expect(Object.values(recorded.runs).flatMap((cuts) => Object.values(cuts).flat()).length).toBeGreaterThan(
      150,
    );
  });
});

describe("a verdict is a function of the ordered series", () => {
  const policy = {
    metric: "loss",
    detector: "torch",
    mode: "min",
    patience: 2,
    factor: 0.5,
    action: "apply",
  } as const;

  test("counters, best and firings are the same after late data, corrections and repeats", async () => {
    const values = [5, 4, 4, 4, 4, 3, 3.5, 3.5, 3.5, 2, 2, 2, 2];
    const [ordered, late] = [await createRun({ plateau: [policy] }), await createRun({ plateau: [policy] })];
    await logValues(ordered.id, "loss", values);
    await logValues(late.id, "loss", values.slice(6), 6);
    await logValues(late.id, "loss", [9, 9, 9, 9, 9, 9]);
    const corrections = values
      .slice(0, 6)
      .map((loss, step) => ({ step, time: 2e9 + step, metrics: { loss } }));
    await log(late.id, { points: corrections });
    await log(late.id, { points: corrections });
    const [want, got] = [(await plateauOf(ordered.id))[0]!, (await plateauOf(late.id))[0]!];
    const verdict = ({ state, best, best_step, checks_since_best, last_step, fired }: typeof want) => ({
      ...{ state, best, best_step, checks_since_best, last_step },
      fired: fired.map(({ step, since_step }) => ({ step, since_step })),
    });
    expect(verdict(got)).toEqual(verdict(want));
    expect(want.fired).toMatchObject([
      { step: 4, since_step: 1 },
      { step: 8, since_step: 5 },
      { step: 12, since_step: 9 },
    ]);
  });

  test("of two values at a step the later one is judged, also when both come in one batch", async () => {
    const run = await createRun({ plateau: [policy] });
    await log(run.id, { points: [3, 1, 2, 1].map((loss) => ({ step: 0, metrics: { loss } })) });
    expect((await plateauOf(run.id))[0]).toMatchObject({ best: 2, checks_since_best: 0 });
  });

  test("a NaN is a bad check, and evidence keeps it", async () => {
    const run = await createRun({ plateau: [policy] });
    const points = [1, "NaN" as const, "Infinity" as const, "NaN" as const].map((loss, step) => ({
      step,
      metrics: { loss },
    }));
    const { control } = await log(run.id, { points });
    expect(control).toMatchObject([{ fired_step: 3, evidence: { value: "NaN", best: 1 } }]);
  });

  test("a firing that shows only once later steps are there is asked for all the same", async () => {
    const run = await createRun({ plateau: [policy] });
    await logValues(run.id, "loss", [1], 3);
    await logValues(run.id, "loss", [1], 4);
    expect(await controlOf(run.id)).toEqual([]);
    await logValues(run.id, "loss", [1, 1, 1]);
    expect(await controlOf(run.id)).toMatchObject([{ fired_step: 3, status: "delivered" }]);
  });

  test("late data that only move a firing, or explain an old one, ask for nothing more", async () => {
    const run = await createRun({ plateau: [policy] });
    await logValues(run.id, "loss", [5, 1, 1, 1, 1]);
    expect(await controlOf(run.id)).toMatchObject([{ fired_step: 4 }]);
    await log(run.id, { points: [{ step: 0, time: 2e9, metrics: { loss: 1 } }] });
    expect((await plateauOf(run.id))[0]?.fired).toMatchObject([{ step: 3 }]);
    expect(await controlOf(run.id)).toHaveLength(1);

    const improved = await createRun({ plateau: [policy] });
    await logValues(improved.id, "loss", [3, 0.5, 0.4], 5);
    await logValues(improved.id, "loss", [2, 2, 2, 2]);
    expect((await plateauOf(improved.id))[0]?.fired).toMatchObject([{ step: 3 }]);
    expect(await controlOf(improved.id)).toEqual([]);
  });

  test("one firing makes one request, however often its data come", async () => {
    const run = await createRun({ plateau: [policy] });
    for (let i = 0; i < 3; i += 1) await logValues(run.id, "loss", [1, 1, 1, 1]);
    expect(await controlOf(run.id)).toHaveLength(1);
    expect((await plateauOf(run.id))[0]?.fired).toMatchObject([
      { step: 3, control_id: (await controlOf(run.id))[0]?.id },
    ]);
  });
});

describe("replacing policies", () => {
  const first = {
    metric: "loss",
    detector: "torch",
    mode: "min",
    patience: 3,
    action: "recommend",
    factor: 0.5,
  } as const;
  const second = { metric: "acc", detector: "keras", mode: "max", patience: 2, action: "recommend" } as const;

  test("one that says the same keeps its id, state and requests, wherever it stands", async () => {
    const run = await createRun({ plateau: [first] });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1]);
    const [kept] = await plateauOf(run.id);
    const { metric, factor, ...rest } = first;
    const after = await setPlateau(run.id, [second, { factor, ...rest, metric }]);
    expect(after[1]).toEqual(kept);
    expect(after[1]?.fired).toMatchObject([{ step: 4, control_id: expect.any(String) }]);
    expect(
      await setPlateau(
        run.id,
        after.map(({ policy }) => policy),
      ),
    ).toEqual(after);
  });

  test("a new one is brought up to date and fires from then on", async () => {
    const run = await createRun();
    await logValues(run.id, "loss", [1, 1, 1, 1, 1, 1, 1]);
    const [policy] = await setPlateau(run.id, [first]);
    expect(policy).toMatchObject({
      last_step: 6,
      best: 1,
      best_step: 0,
      fired: [{ step: 4, control_id: null }],
    });
    expect(await controlOf(run.id)).toEqual([]);
    await logValues(run.id, "loss", [1, 1], 7);
    expect(await controlOf(run.id)).toMatchObject([{ fired_step: 8 }]);
  });

  test("what a removed one asked for can still be decided on", async () => {
    const run = await createRun({ plateau: [first] });
    await logValues(run.id, "loss", [1, 1, 1, 1, 1]);
    expect(await setPlateau(run.id, [])).toEqual([]);
    const [request] = await controlOf(run.id);
    expect(request).toMatchObject({ status: "recommended", policy_id: expect.any(String) });
    expect((await approve(request!.id)).status).toBe(200);
  });

  test.each<[unknown[], string[]]>([
    [[{ ...first, metric: "" }], ["policies[0].metric"]],
    [[first, { ...first, patience: -1 }], ["policies[1].patience"]],
    [[{ ...first, patiance: 1 }], ["policies[0].patiance"]],
    [[{ ...first, action: "do" }], ["policies[0].action"]],
    [[{ ...first, mode: "up" }], ["policies[0].mode"]],
    [
      [{ metric: "x", constructor: "torch.optim.lr_scheduler.ReduceLROnPlateau", config: { paience: 1 } }],
      ["policies[0].config.paience"],
    ],
    [Array(21).fill(first), ["policies"]],
  ])("%j is refused by name", async (policies, fields) => {
    const run = await createRun({ plateau: [second] });
    const before = await dump();
    const answer = await call(plateauRoute.PUT, setPlateauApi, {
      params: { run_id: run.id },
      body: { policies },
    });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(fields);
    expect(await dump()).toBe(before);
  });

  test("an unknown run", async () => {
    const params = { run_id: "nobody" };
    expect(await call(plateauRoute.GET, getPlateau, { params })).toMatchProblem(404, "not_found");
    expect(await call(plateauRoute.PUT, setPlateauApi, { params, body: { policies: [] } })).toMatchProblem(
      404,
      "not_found",
    );
  });
});

test("a state of an older version's rule is gone through anew with the next value", async () => {
  const policies = [{ metric: "loss", detector: "trend", window: 4, patience: 2 }] as const;
  const [old, fresh] = [
    await createRun({ plateau: [...policies] }),
    await createRun({ plateau: [...policies] }),
  ];
  for (const { id } of [old, fresh]) await logValues(id, "loss", [5, 4, 3, 3, 3, 3]);
  const { writer } = await database();
  await writer.prisma.plateauPolicy.updateMany({
    where: { runId: old.id },
    data: { state: JSON.stringify({ rule: "trend", seen: 6 }) },
  });
  for (const { id } of [old, fresh]) await logValues(id, "loss", [3, 3, 3, 3], 6);
  const [mended, want] = [(await plateauOf(old.id))[0], (await plateauOf(fresh.id))[0]];
  expect(mended?.state).toEqual(want?.state);
  expect(mended?.fired.map(({ step }) => step)).toEqual(want?.fired.map(({ step }) => step));
});
