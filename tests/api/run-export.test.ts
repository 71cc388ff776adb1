import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { GET as projectExport } from "@/app/api/v1/projects/[project_id]/export/route";
import { GET as runExport } from "@/app/api/v1/runs/[run_id]/export/route";
import * as api from "@/lib/contracts/endpoints/imports";
import { call, freshDatabase, requestFor } from "@/tests/support/api";
import { exportText, importOne, observationsOf } from "@/tests/support/imports";
import { createRun, finish, getRun, log, logValues, mint } from "@/tests/support/seed";

freshDatabase();

const key = fc
  .oneof(
    fc.constantFrom(
      "loss",
      "step",
      "time",
      "constructor",
      "=1+1",
      "'=x",
      "a,b",
      'quo"te',
      "@x",
      "-y",
      "lr",
      "größe",
    ),
    fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }),
  )
  .filter((text) => text !== "__proto__" && /^(?! )[^\p{C}]{1,250}(?<! )$/u.test(text));

const value = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.constantFrom("NaN" as const, "Infinity" as const, "-Infinity" as const),
);

const point = fc.record(
  {
    step: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.constant(Number.MAX_SAFE_INTEGER)),
    time: fc.double({ min: 1e9, max: 2e9, noNaN: true }),
    epoch: fc.double({ min: 0, max: 100, noNaN: true }),
    metrics: fc
      .array(fc.tuple(key, value), { minLength: 1, maxLength: 5 })
      .map((pairs) => Object.fromEntries(pairs)),
  },
  { requiredKeys: ["step", "time", "metrics"] },
);

test(
  "importing what was exported gives an equal run: JSONL whole, CSV its values",
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(point, { minLength: 1, maxLength: 25 }), async (points) => {
        const source = await createRun({
          name: "run, with =odd name",
          group: "g",
          seed: 3,
          tags: ["a", "b"],
          config: { optimizer: { lr: 0.1 }, note: "é" },
          notes: "why",
          schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 100 },
          lr_metric: "lr",
          total_steps: 100,
          steps_per_epoch: 10,
        });
        await log(source.id, { points });
        await finish(source.id, { status: "failed", time: 2e9 });
        const stored = await observationsOf(source.id);

        const copy = await importOne(
          { "x.jsonl": await exportText(source.id, "jsonl") },
          { project: mint("copy") },
        );
        expect(copy.file.rows_refused).toBe(0);
        expect(await observationsOf(copy.id)).toEqual(stored);
        const own = { id: null, project: null, created_at: null, last_logged_at: null, started_at: null };
        expect({ ...(await getRun(copy.id)), ...own }).toEqual({ ...(await getRun(source.id)), ...own });

        const csv = await importOne(
          { "x.csv": await exportText(source.id, "csv") },
          { project: mint("copy") },
        );
        expect(csv.file).toMatchObject({ rows_refused: 0, warnings: [] });
        const renamed = Object.fromEntries(
          Object.entries(stored).map(([name, rows]) => [
            /^(step|epoch|time)$/.test(name) ? `metric:${name}` : name,
            rows,
          ]),
        );
        expect(await observationsOf(csv.id)).toEqual(renamed);
      }),
      { numRuns: 15, seed: 20261124 },
    );
  },
);

test("a CSV of several pages has every observation once, in order, and no formula in its head", async () => {
  const run = await createRun();
  await logValues(
    run.id,
    "=cmd()",
    Array.from({ length: 4500 }, (_, i) => i / 7),
  );
  await logValues(run.id, "b", [1, 2, 3], 2000);
  const lines = (await exportText(run.id, "csv")).trimEnd().split("\r\n");
  expect(lines[0]).toBe(`"step","epoch","time","'=cmd()","b"`);
  expect(lines.slice(1).map((line) => Number(line.split(",")[0]))).toEqual(
    Array.from({ length: 4500 }, (_, i) => i),
  );
  expect(lines[2001]).toBe(`2000,,${1e9 + 2000},${2000 / 7},1`);
});

test("a run without metrics is a CSV with a head, and a file name that a header can carry", async () => {
  const run = await createRun({ name: 'ü "x"\n/..' });
  const input = { params: { run_id: run.id } };
  const response = await runExport(requestFor(api.exportRun, input), {
    params: Promise.resolve(input.params),
  });
  expect(await response.text()).toBe('"step","epoch","time"\r\n');
  expect(response.headers.get("content-disposition")).toMatch(/^attachment; filename\*=UTF-8''[\w%.~-]+$/);
});

test("a project's CSV has a line for every value of every run that is there", async () => {
  const project = mint("all");
  const ids: string[] = [];
  for (const name of ["=a", "b"]) {
    const run = await createRun({ project, name, group: "g", seed: 1 });
    await logValues(run.id, "loss", [0.5, 0.25]);
    ids.push(run.id);
  }
  const params = { project_id: project };
  const response = await projectExport(requestFor(api.exportProject, { params }), {
    params: Promise.resolve(params),
  });
  const lines = (await response.text()).trimEnd().split("\r\n");
  expect(lines[0]).toBe('"run_id","run","group","seed","step","epoch","time","metric","value"');
  expect(lines.length).toBe(5);
  expect(lines).toContain(`"${ids[0]}","'=a","g",1,0,,1000000000,"loss",0.5`);
  expect(lines).toContain(`"${ids[1]}","b","g",1,1,,1000000001,"loss",0.25`);
});

test("what is not there is 404, and an unknown format is refused", async () => {
  expect(await call(runExport, api.exportRun, { params: { run_id: "nobody" } })).toMatchProblem(
    404,
    "not_found",
  );
  expect(await call(projectExport, api.exportProject, { params: { project_id: "nobody" } })).toMatchProblem(
    404,
    "not_found",
  );
  const params = { run_id: (await createRun()).id };
  expect(await call(runExport, api.exportRun, { params, query: { format: "xml" } })).toMatchProblem(
    422,
    "invalid_parameters",
  );
});
