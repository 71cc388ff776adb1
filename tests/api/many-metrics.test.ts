import { beforeAll, describe, expect, test } from "vitest";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import * as metricsRoute from "@/app/api/v1/runs/[run_id]/metrics/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as metricsApi from "@/lib/contracts/endpoints/metrics";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import { MOST_SUMMARISED } from "@/lib/contracts/words";
import { call, freshDatabase, ok } from "@/tests/support/api";
import { refusedFields } from "@/tests/support/problem";
import { createRun, log } from "@/tests/support/seed";

freshDatabase();

const MORE = MOST_SUMMARISED + 200;

describe(`a run of ${MORE} metrics beside one of a few`, () => {
  let many: string;
  let few: string;
  const names = Array.from({ length: MORE - 2 }, (_, i) => `a/${String(i).padStart(5, "0")}`);

  beforeAll(async () => {
    [many, few] = [(await createRun()).id, (await createRun()).id];
    const own = Object.fromEntries(names.map((name) => [name, 1]));
    // By name these two come last.
    await log(many, { points: [{ step: 0, metrics: { ...own, "z/lr": 0.1, "z/loss": 2 } }] });
    await log(few, { points: [{ step: 0, metrics: { loss: 1, lr: 0.2 } }] });
  });

  const listOf = (query: Record<string, string | number>) =>
    ok(metricsRoute.GET, metricsApi.listMetrics, { params: { run_id: many }, query });

  test("are listed a page at a time, and each once", async () => {
    const first = await listOf({});
    expect(first.items).toHaveLength(1000);
    const found = first.items.map(({ key }) => key);
    for (let cursor = first.next_cursor; cursor !== null;) {
      const page = await listOf({ cursor, limit: 77 });
      found.push(...page.items.map(({ key }) => key));
      cursor = page.next_cursor;
    }
    expect(found).toEqual([...names, "z/loss", "z/lr"]);
  });

  test("and all at once when that is asked for", async () => {
    const { items, next_cursor } = await listOf({ limit: 10_000 });
    expect([items.length, next_cursor]).toEqual([MORE, null]);
  });

  test("with a cursor that is none are refused", async () => {
    const input = { params: { run_id: many }, query: { cursor: "x" } };
    const answer = await call(metricsRoute.GET, metricsApi.listMetrics, input);
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(["cursor"]);
  });

  test("are summarised as far as a summary goes, with the LR and the loss among them", async () => {
    const run = await ok(runRoute.GET, runsApi.getRun, { params: { run_id: many } });
    expect(run.summary_of).toBe(MORE);
    expect(Object.keys(run.summary)).toEqual([...names.slice(0, MOST_SUMMARISED - 2), "z/loss", "z/lr"]);
    expect(run.summary["z/lr"]?.last).toBe(0.1);
    const other = await ok(runRoute.GET, runsApi.getRun, { params: { run_id: few } });
    expect(Object.keys(other.summary)).toEqual(["loss", "lr"]);
    expect(other).not.toHaveProperty("summary_of");
  });

  test("in a list of runs each has its own", async () => {
    for (const sort of ["created_at", "name"]) {
      const { items } = await ok(runsRoute.GET, runsApi.listRuns, { query: { sort } });
      const sizes = new Map(items.map((run) => [run.id, Object.keys(run.summary).length]));
      expect([sizes.get(many), sizes.get(few)]).toEqual([MOST_SUMMARISED, 2]);
    }
  });

  test("a table of runs names the metrics that most runs have, and finds the LR among all", async () => {
    await log(few, { points: [{ step: 1, metrics: { "z/loss": 3 } }] });
    const { metrics, columns } = await ok(tableRoute.GET, runsApi.runTable, { query: {} });
    expect(metrics).toHaveLength(MOST_SUMMARISED);
    expect(metrics[0]).toEqual({ key: "z/loss", runs: 2 });
    expect(new Map(columns.id.map((id, i) => [id, columns.lr[i]]))).toEqual(
      new Map([
        [many, 0.1],
        [few, 0.2],
      ]),
    );
  });
});

describe("a schedule that everything about its run would evaluate", () => {
  const factors = (factor: object) => ({
    kind: "product",
    factors: Array.from({ length: 16 }, () => factor),
  });
  const schedule = factors(factors(factors({ kind: "constant", value: 1 })));

  test("is refused where it is declared", async () => {
    const answer = await call(runsRoute.POST, runsApi.createRun, { body: { project: "p", schedule } });
    expect(answer).toMatchProblem(422, "invalid_parameters");
    expect(refusedFields(answer)).toEqual(["schedule"]);
    expect(answer.problem?.detail).toContain("4369 schedules");
  });
});
