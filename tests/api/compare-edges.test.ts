import { describe, expect, test } from "vitest";
import * as compareRoute from "@/app/api/v1/compare/route";
import type { WireNumber } from "@/lib/contracts/common";
import * as api from "@/lib/contracts/endpoints/compare";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { createRun, finish, log, logValues, mint, type RunBody } from "@/tests/support/seed";

freshDatabase();

const compare = (body: object) =>
  ok(compareRoute.POST, api.compare, { body: { metric: "loss", mode: "min", by: "group", ...body } });

async function trained(values: readonly WireNumber[], body: RunBody) {
  const run = await createRun(body);
  await log(run.id, { points: values.map((loss, step) => ({ step, time: 1e9 + step, metrics: { loss } })) });
  await finish(run.id);
  return run;
}

/** A project with these groups, each a list of final values. */
async function groupsOf(groups: Record<string, readonly WireNumber[]>, seeded = true) {
  const project = mint("project");
  for (const [group, finals] of Object.entries(groups))
    for (const [seed, final] of finals.entries())
      await trained([9, final], { project, group, ...(seeded ? { seed } : {}) });
  return project;
}

describe("few runs", () => {
  test("one run", async () => {
    const answer = await compare({ project: await groupsOf({ a: [1] }) });
    expect(answer.groups).toMatchObject([
      { n: 1, mean: 1, median: 1, iqm: 1, interval: null, bootstrap: null, bootstrap_ceiling: null },
    ]);
    expect(answer).toMatchObject({ pairs: [], ranking: null, verdict: { shown: false } });
  });

  test("one run a side has no test, two a side cannot show anything", async () => {
    const one = await compare({ project: await groupsOf({ a: [1], b: [2] }) });
    expect(one.pairs).toMatchObject([
      { difference: -1, interval: null, p: null, smallest_p: null, p_holm: null, uses: null },
    ]);
    expect(one.verdict.text).toContain("there is one run a side: no interval, no test");
    const two = await compare({ project: await groupsOf({ a: [1, 1.1], b: [200, 200.1] }) });
    expect(two.pairs[0]?.p).toBeCloseTo(1 / 3, 12);
    expect(two.pairs[0]?.smallest_p).toBeCloseTo(1 / 3, 12);
    expect(two.verdict.shown).toBe(false);
    expect(two.verdict.text).toContain("the smallest possible p is 0.33");
  });

  test("equal values, within groups and between them", async () => {
    const same = await compare({ project: await groupsOf({ a: [2, 2, 2], b: [2, 2, 2] }) });
    expect(same.pairs).toMatchObject([{ difference: 0, p: 1, probability_of_improvement: 0.5 }]);
    expect(same.verdict.text).toMatch(/^No difference/);
    const apart = await compare({ project: await groupsOf({ a: [1, 1, 1, 1], b: [2, 2, 2, 2] }) });
    expect(apart.pairs).toMatchObject([{ difference: -1, interval: { low: -1, high: -1 } }]);
    expect(apart.pairs[0]?.p).toBeCloseTo(2 / 70, 12);
    expect(apart.verdict).toMatchObject({ shown: true, better: "a" });
  });
});

describe("values of every kind", () => {
  test("higher is better, negative values, ties", async () => {
    const project = await groupsOf({ low: [-5, -4, -4, -3], high: [-1, -1, 0, 1] });
    const answer = await compare({ project, mode: "max" });
    expect(answer.groups.map(({ key, mean }) => [key, mean])).toEqual([
      ["high", -0.25],
      ["low", -4],
    ]);
    expect(answer.pairs).toMatchObject([{ a: "high", difference: 3.75, probability_of_improvement: 1 }]);
    expect(answer.verdict.text).toMatch(/^high reaches a higher final loss than low/);
  });

  test("runs that diverged lose by rank, and a group of only such is told apart from one without the metric", async () => {
    const project = await groupsOf({
      good: [1, 1.1, 1.2, 1.3, 1.4],
      bad: ["NaN", "Infinity", "NaN", "-Infinity", 1.05],
      gone: ["NaN"],
    });
    await createRun({ project, group: "idle" });
    const answer = await compare({ project });
    const of = (key: string) => answer.groups.find((group) => group.key === key);
    expect(of("bad")).toMatchObject({ n: 1, diverged: 4, mean: 1.05, interval: null });
    expect(of("gone")).toMatchObject({ n: 0, diverged: 1, mean: null });
    expect(of("idle")).toMatchObject({ n: 0, missing: 1, diverged: 0 });
    const pair = answer.pairs.find(({ a, b }) => [a, b].sort().join() === "bad,good");
    expect(pair?.unpaired).toMatchObject({ on: "ranks" });
    expect(answer.verdict.better).not.toBe("bad");
  });

  test("the target of a run that is still going is not never", async () => {
    const project = mint("project");
    for (const end of [0.4, 0.3, 0.2]) await trained([9, 5, end], { project, group: "a" });
    for (let i = 0; i < 2; i++) await logValues((await createRun({ project, group: "a" })).id, "loss", [9]);
    const { groups, notes } = await compare({ project, target: 0.5 });
    expect(groups[0]?.target).toMatchObject({ reached: 3, of: 5, waiting: 2, steps: 2 });
    expect(notes.join()).toContain("2 runs are unfinished");
  });

  test("runs of different lengths are compared at their own ends, and it is said", async () => {
    const project = mint("project");
    await trained([3, 2], { project, group: "a" });
    await trained([3, 2.5, 2.2, 1], { project, group: "b" });
    const { groups, notes } = await compare({ project });
    expect(groups.map(({ key, mean, steps }) => [key, mean, steps?.max])).toEqual([
      ["b", 1, 3],
      ["a", 2, 1],
    ]);
    expect(notes.join()).toContain("Runs differ in length, from step 1 to step 3");
  });
});

describe("groups of every kind", () => {
  test("by a path of the config that some runs lack, holds null, a list, or a name with dots", async () => {
    const project = mint("project");
    const configs: RunBody["config"][] = [
      { optimizer: { lr: 0.1 } },
      { optimizer: { lr: 0.1 } },
      { optimizer: { lr: null } },
      { optimizer: { lr: [1, 2] } },
      { "optimizer.lr": "flat" },
      { optimizer: {} },
    ];
    for (const config of configs) await trained([1, 1], { project, config });
    const { groups } = await compare({ project, by: "config.optimizer.lr" });
    expect(groups.map(({ label, n }) => `${label} ${n}`).sort()).toEqual([
      "no optimizer.lr 1",
      "optimizer.lr=0.1 2",
      "optimizer.lr=[1,2] 1",
      "optimizer.lr=flat 1",
      "optimizer.lr=null 1",
    ]);
  });

  test("a hundred runs in fifty groups: the best are compared, corrected for all", async () => {
    const project = mint("project");
    for (let i = 0; i < 100; i++)
      await trained([9, i], { project, config: { arm: i % 50 }, seed: Math.floor(i / 50) });
    const answer = await compare({ project, by: "config.arm" });
    expect(answer.groups).toHaveLength(50);
    expect(answer.groups.every(({ n }) => n === 2)).toBe(true);
    expect(answer.groups[0]).toMatchObject({ label: "arm=0", mean: 25 });
    expect(answer.pairs).toHaveLength(66);
    expect(answer.pairs.every(({ p_holm }) => p_holm === 1)).toBe(true);
    expect(answer.notes.join()).toContain("best 12 of 50 groups");
    expect(answer.verdict.also).toContain("corrected by one joint test for all 1225");
    const against = await compare({ project, by: "config.arm", baseline: "arm=0" });
    expect(against.pairs).toHaveLength(49);
  });

  test("a thousand runs by id, in the order asked for", async () => {
    const project = await groupsOf({ a: [1, 2], b: [3] });
    const { runs } = await compare({ project });
    const ids = [
      ...runs.map(({ id }) => id),
      ...Array.from({ length: 997 }, (_, i) => `gone-${i}`),
    ].reverse();
    const answer = await compare({ runs: ids });
    expect(answer.runs.map(({ id }) => id)).toEqual(runs.map(({ id }) => id).reverse());
    expect(answer.notes).toContain("997 of 1000 runs no longer exist.");
  });

  test("seeds that match are paired, and six pairs decide", async () => {
    const base = [1, 2, 3, 4, 5, 6];
    const project = await groupsOf({ a: base, b: base.map((x) => x + 0.1) });
    const { pairs, verdict } = await compare({ project });
    expect(pairs).toMatchObject([{ uses: "paired", paired: { pairs: 6, p: 2 / 64, smallest_p: 2 / 64 } }]);
    expect(verdict.shown).toBe(true);
    const loose = await compare({ project: await groupsOf({ a: base, b: base.map((x) => x + 0.1) }, false) });
    expect(loose.pairs).toMatchObject([{ uses: "unpaired", paired: null, not_paired: "a run has no seed" }]);
  });
});

test.each([
  ["a mode that does not exist", { mode: "low" }, "mode"],
  ["a time that does not exist", { at: "middle" }, "at"],
  ["a target that is no number", { target: "0.1" }, "target"],
  ["an infinite target", { target: "Infinity" }, "target"],
  ["an empty path", { by: "config." }, "by"],
  ["no metric", { metric: undefined }, "metric"],
  ["an empty metric", { metric: "" }, "metric"],
  ["no runs at all", { project: undefined, runs: [] }, "runs"],
  ["a run that is no id", { project: undefined, runs: [3] }, "runs[0]"],
])("refuses %s by name", async (_what, change, name) => {
  const answer = await call(compareRoute.POST, api.compare, {
    body: { project: "p", metric: "loss", mode: "min", ...change },
  });
  expect(answer).toMatchProblem(422, "invalid_parameters");
  expect(answer.problem?.invalid_params?.map((param) => param.name)).toContain(name);
});
