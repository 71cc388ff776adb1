import { describe, expect, test } from "vitest";
import * as healthRoute from "@/app/api/v1/runs/[run_id]/health/route";
import { getHealthNotes } from "@/lib/contracts/endpoints/health";
import { call, type Input, ok, freshDatabase } from "@/tests/support/api";
import { createRun, log, logValues } from "@/tests/support/seed";

freshDatabase();

const notesOf = (run_id: string, query: Input["query"] = {}) =>
  ok(healthRoute.GET, getHealthNotes, { params: { run_id }, query }).then(({ notes }) => notes);

/** A loss that falls to `floor`, with the scatter of batches. */
const falling = (n: number, floor = 0.1) =>
  Array.from({ length: n }, (_, i) => floor + 2.2 * Math.exp((-5 * i) / n) + 0.02 * Math.sin(i * 12.9898));

describe("GET /runs/{id}/health", () => {
  test("a clean run is good, a run without a loss has no notes", async () => {
    const run = await createRun();
    expect(await notesOf(run.id)).toEqual([]);
    await logValues(run.id, "train/loss", falling(400));
    const notes = await notesOf(run.id);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatchObject({
      code: "good",
      severity: "good",
      metric: "train/loss",
      from_step: 0,
      to_step: 399,
    });
  });

  test("NaN after a growth names the step and the LR", async () => {
    const { id } = await createRun();
    const values = [...falling(100), 1, 5, 80, 1e9];
    await log(id, {
      points: [...values, "NaN", "NaN", "NaN"].map((loss, step) => ({
        step,
        metrics: { "train/loss": loss as number, lr: 0.5 },
      })),
    });
    const notes = await notesOf(id);
    expect(notes.map(({ code }) => code)).toEqual(["nan", "too_high"]);
    expect(notes[0]).toMatchObject({ severity: "critical", from_step: 104, evidence: { lr: 0.5, count: 3 } });
    expect(notes[1]?.message).toContain("0.5");
  });

  test("says what it judged and by which rule, and what it leaves alone for the sake of a reward", async () => {
    const answerOf = (run_id: string, query: Input["query"] = {}) =>
      ok(healthRoute.GET, getHealthNotes, { params: { run_id }, query });
    const { id } = await createRun();
    const rise = falling(200).map((loss, i) => (i < 100 ? loss : loss + 0.05 * (i - 100)));
    await log(id, { points: rise.map((loss, step) => ({ step, metrics: { "train/loss": loss } })) });
    const judged = await answerOf(id);
    expect(judged).toMatchObject({ judged: ["train/loss"], not_the_goal: null });
    expect(judged.notes).toMatchObject([
      { code: "diverged", metric: "train/loss", rule: expect.stringContaining("median of the last tenth") },
      { code: "too_high" },
    ]);
    await log(id, { points: rise.map((_, step) => ({ step, metrics: { reward: step } })) });
    expect(await answerOf(id)).toEqual({
      notes: [],
      judged: ["train/loss"],
      not_the_goal: "the goal is reward, and train/loss may rise while that improves",
    });
    expect((await answerOf(id, { metric: "train/loss" })).notes).toHaveLength(2);
  });

  test("a long run is read from its rollups, one spike among its buckets included", async () => {
    const { id } = await createRun();
    const values = falling(20_000);
    for (const at of [5000, 9000, 13_000]) values[at] = 60;
    for (let from = 0; from < values.length; from += 5000) {
      await logValues(id, "loss", values.slice(from, from + 5000), from);
    }
    const notes = await notesOf(id);
    expect(notes.map(({ code }) => code)).toEqual(["spikes", "too_high"]);
    expect(notes[0]?.evidence).toMatchObject({ count: 3, worst_value: 60 });
  });

  test("the metrics can be chosen", async () => {
    const { id } = await createRun();
    await logValues(id, "a", falling(200));
    await logValues(
      id,
      "b",
      falling(200).map((value, i) => (i < 100 ? value : 0.4 + i / 200)),
    );
    const notes = await notesOf(id, { metric: "a", validation: "b" });
    expect(notes.map(({ code, metric }) => `${code} ${metric}`)).toEqual(["overfitting b", "good a"]);
  });

  test("refuses what is not there", async () => {
    expect(await call(healthRoute.GET, getHealthNotes, { params: { run_id: "nobody" } })).toMatchProblem(
      404,
      "not_found",
    );
    const { id } = await createRun();
    const answer = await call(healthRoute.GET, getHealthNotes, {
      params: { run_id: id },
      query: { metrics: "a" },
    });
    expect(answer).toMatchProblem(422, "invalid_parameters");
  });
});
