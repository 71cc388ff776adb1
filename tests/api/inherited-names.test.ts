import { describe, expect, test } from "vitest";
import * as seriesRoute from "@/app/api/v1/series/route";
import * as compareRoute from "@/app/api/v1/compare/route";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import { compare } from "@/lib/contracts/endpoints/compare";
import { readSeveral } from "@/lib/contracts/endpoints/metrics";
import { runTable } from "@/lib/contracts/endpoints/runs";
import { freshDatabase, ok } from "@/tests/support/api";
import { exportText, importFiles, importOne } from "@/tests/support/imports";
import { createRun, getRun, log, metricsOf, mint, overlayOf } from "@/tests/support/seed";
import { asEventFile } from "@/tests/support/event-file";

freshDatabase();

const NAMES = ["constructor", "toString", "hasOwnProperty", "valueOf", "__defineGetter__", "prototype"];
const each = <T>(value: T) => Object.fromEntries(NAMES.map((name) => [name, value]));
const NO_NAME = "nothing can have this name";

describe("names that every JavaScript object inherits are names like others", () => {
  test("of metrics and settings: logged, read, compared, filtered and exported", async () => {
    const project = mint("inherited");
    const { id } = await createRun({ project, config: each({ toString: 1 }), tags: NAMES });
    const other = await createRun({ project, config: {} });
    await log(id, { points: [0, 1].map((step) => ({ step, metrics: each(step + 0.5) })) });
    await log(other.id, { points: [{ step: 0, metrics: { loss: 1 } }] });
    expect((await metricsOf(id)).map(({ key, last }) => [key, last])).toEqual(
      [...NAMES].sort().map((name) => [name, 1.5]),
    );
    const run = await getRun(id);
    expect(Object.keys(run.summary).sort()).toEqual([...NAMES].sort());
    expect(run.config).toEqual(each({ toString: 1 }));
    const { series } = await ok(seriesRoute.POST, readSeveral, { body: { runs: [id], keys: NAMES } });
    expect(series.map(({ key }) => key)).toEqual([...NAMES].sort());
    const columns = NAMES.flatMap((name) => [`config.${name}.toString`, `metric:${name}`]).join(",");
    const { values } = await ok(tableRoute.GET, runTable, { query: { project, columns } });
    for (const name of NAMES) {
      expect(values[`config.${name}.toString`]).toEqual([null, 1]);
      expect(values[`metric:${name}`]).toEqual([null, 1.5]);
    }
    const filtered = { project, filter: "config.constructor.valueOf:* or metric:toString<1" };
    expect((await ok(tableRoute.GET, runTable, { query: filtered })).total).toBe(0);
    const body = { project, by: "config.constructor.toString", metric: "valueOf", mode: "min" };
    const answer = await ok(compareRoute.POST, compare, { body: { ...body, extra: ["toString"] } });
    expect(answer.groups.map(({ label }) => label)).toContain("constructor.toString=1");
    expect((await overlayOf(id, { metrics: "constructor" })).metrics[0]?.points).toHaveLength(2);
    const again = await importOne({ "run.jsonl": await exportText(id, "jsonl") });
    expect((await metricsOf(again.id)).map(({ key }) => key)).toEqual([...NAMES].sort());
    expect((await getRun(again.id)).config).toEqual(run.config);
  });

  test("of files: no mapping is theirs", async () => {
    const { runs } = await importFiles({ constructor: "step,loss\n0,1\n", toString: "step,acc\n0,1\n" });
    expect(runs.map(({ name, last_step }) => [name, last_step])).toEqual([
      ["constructor", 0],
      ["toString", 0],
    ]);
  });
});

describe("__proto__ is refused where it stands in a file, and nothing is polluted", () => {
  const refusal = (row: number) => ({ row, field: "__proto__", reason: NO_NAME });

  test.each([
    [
      "JSONL, nested",
      "a.jsonl",
      '{"step":0,"metrics":{"loss":1}}\n{"step":1,"metrics":{"loss":2,"__proto__":3}}\n',
      2,
    ],
    ["JSONL, flat", "a.jsonl", '{"step":0,"loss":1}\n{"step":1,"loss":2,"__proto__":3}\n', 2],
    [
      "trainer_state",
      "trainer_state.json",
      '{"log_history":[{"step":0,"loss":1},{"step":1,"loss":2,"__proto__":3}]}',
      2,
    ],
    [
      "tfevents",
      "events.out.tfevents.1.a.1.0",
      asEventFile([
        { step: 0, tag: "loss", value: 1 },
        { step: 1, tag: "__proto__", value: 3 },
      ]),
      3,
    ],
  ])("%s: by row", async (_format, path, content, row) => {
    const { id, file } = await importOne({ [path]: content }, { project: mint("p") });
    expect(file.refusals).toEqual([refusal(row)]);
    expect((await metricsOf(id)).map(({ key, count }) => [key, count])).toEqual([["loss", 1]]);
    expect(({} as Record<string, unknown>).loss).toBeUndefined();
  });

  test("CSV: by column, once", async () => {
    const { id, file } = await importOne({ "a.csv": "step,__proto__,loss\n0,5,1\n1,5,2\n" });
    expect(file.refusals).toEqual([]);
    expect(file.warnings).toEqual([`column 2, __proto__: ${NO_NAME}, and was left out`]);
    expect(file.columns.map(({ name }) => name)).toEqual(["step", "loss"]);
    expect((await metricsOf(id)).map(({ key, count }) => [key, count])).toEqual([["loss", 2]]);
  });

  test("what a file declares: by its path; the rest is taken", async () => {
    const head = '{"name":"x","config":{"lr":0.1,"a":{"__proto__":{"polluted":1}}}}';
    const { id, file } = await importOne({ "a.jsonl": `${head}\n{"step":0,"loss":1}\n` });
    expect(file.warnings).toEqual([`the first line's config.a.__proto__: ${NO_NAME}, and was left out`]);
    expect((await getRun(id)).config).toEqual({ lr: 0.1, a: {} });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    const state = '{"max_steps":9,"__proto__":7,"log_history":[{"step":0,"loss":3}]}';
    const trained = await importOne({ "trainer_state.json": state });
    expect(trained.file.warnings).toEqual([`__proto__: ${NO_NAME}, and was left out`]);
    expect((await getRun(trained.id)).config).toEqual({ max_steps: 9 });
  });
});
