import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as rangeRoute from "@/app/api/v1/schedules/range-test/route";
import * as api from "@/lib/contracts/endpoints/schedules";
import { call, ok, freshDatabase } from "@/tests/support/api";
import { createRun, log } from "@/tests/support/seed";

freshDatabase();

interface LrFindCase {
  id: string;
  num_it: number;
  lrs: number[];
  losses: number[];
  suggestions: object;
}
const golden: LrFindCase[] = JSON.parse(readFileSync("tests/golden/lrfind.json", "utf8"));

const analyse = (body: object) => ok(rangeRoute.POST, api.rangeTest, { body });

test.each(golden)("$id over the wire", async ({ id, num_it, lrs, losses, suggestions }) => {
  const got = await analyse({ lrs, losses, num_it });
  expect(got.suggestions).toEqual(suggestions);
  expect(got.usable).toBe(!/flat|increasing/.test(id));
});

describe("numbers", () => {
  test("a sweep that explodes into NaN is judged up to there", async () => {
    const lrs = Array.from({ length: 100 }, (_, i) => 1e-6 * 10 ** (i / 14));
    const losses = lrs.map((lr, i) => (i > 90 ? "NaN" : 2.3 - Math.min(1.8, 40 * lr)));
    const got = await analyse({ lrs, losses });
    expect(got.usable).toBe(true);
    expect(got.zones?.too_high?.to).toBe(lrs.at(-1));
    expect(got.curve.losses[95]).toBe("NaN");
  });

  test("too few points give no suggestion instead of an error", async () => {
    const got = await analyse({ lrs: [0.1], losses: [1] });
    expect(got).toMatchObject({ usable: false, zones: null, recommended: null });
    expect(got.suggestions).toEqual({
      valley: null,
      slide: null,
      minimum: null,
      steep: null,
      lightning: null,
    });
  });

  test.each([
    ["a loss too few", { lrs: [0.1, 0.2], losses: [1] }, "losses"],
    ["LRs that fall", { lrs: [0.2, 0.1], losses: [1, 1] }, "lrs"],
    ["an LR of 0", { lrs: [0, 0.1], losses: [1, 1] }, "lrs[0]"],
    ["nothing", {}, "body"],
    ["numbers and a run", { lrs: [0.1], losses: [1], run_id: "r" }, "body"],
  ])("refuses %s", async (_, body, field) => {
    const answer = await call(rangeRoute.POST, api.rangeTest, { body });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.invalid_params?.[0]?.name).toBe(field);
  });
});

describe("a run", () => {
  const sweep = async (lrOf: (step: number) => number, metric = "train/loss") => {
    const { id } = await createRun();
    await log(id, {
      points: Array.from({ length: 300 }, (_, step) => {
        const lr = lrOf(step);
        const noise = Math.sin(step * 12.9898) * 0.02;
        return {
          step,
          time: 1e9 + step,
          metrics: { lr, [metric]: 2.3 - Math.min(1.8, 30 * lr) + 5 * lr ** 2 + noise },
        };
      }),
    });
    return id;
  };

  test("that sweeps its LR is judged from its own numbers, smoothed", async () => {
    const run_id = await sweep((step) => 1e-5 * 10 ** (step / 60));
    const got = await analyse({ run_id });
    expect(got.curve.lrs).toHaveLength(300);
    expect(got.usable).toBe(true);
    expect(got.zones!.good.from).toBeGreaterThan(1e-4);
    expect(got.zones!.good.to).toBeLessThan(1);
    expect(got.recommended!.lr).toBeGreaterThanOrEqual(got.zones!.good.from);
  });

  test("is judged as long as the LR rises", async () => {
    const run_id = await sweep((step) => (step < 200 ? 1e-5 * 10 ** (step / 40) : 1e-3));
    expect((await analyse({ run_id })).curve.lrs).toHaveLength(200);
  });

  test("that follows a schedule is no sweep", async () => {
    const run_id = await sweep((step) => 0.1 * (1 - step / 400));
    const answer = await call(rangeRoute.POST, api.rangeTest, { body: { run_id } });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(answer.problem?.detail).toContain("does not sweep");
  });

  test("must log an LR and a loss, and be there", async () => {
    const { id } = await createRun();
    await log(id, { points: [{ step: 0, metrics: { accuracy: 1 } }] });
    expect(await call(rangeRoute.POST, api.rangeTest, { body: { run_id: id } })).toMatchProblem(
      422,
      "invalid_parameters",
    );
    expect(await call(rangeRoute.POST, api.rangeTest, { body: { run_id: "nobody" } })).toMatchProblem(
      404,
      "not_found",
    );
    const run_id = await sweep((step) => 1e-5 * 10 ** (step / 60));
    expect(await call(rangeRoute.POST, api.rangeTest, { body: { run_id, metric: "other" } })).toMatchProblem(
      422,
      "invalid_parameters",
    );
  });
});
