import { test } from "vitest";
import * as tableRoute from "@/app/api/v1/runs/table/route";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { rowsOfTable } from "@/lib/contracts/run-rows";
import { RunTable } from "@/lib/contracts/runs";
import { presentRuns } from "@/lib/presenters/runs/runs-view";
import { database } from "@/lib/server/db/database";
import { freshDatabase, ok, call } from "@/tests/support/api";
import { createRun, log } from "@/tests/support/seed";
import { wireProject } from "@/tests/support/wire";
freshDatabase();
test("bench", { timeout: 600_000 }, async () => {
  const t0 = performance.now();
  for (let b = 0; b < 10000; b += 100)
    await Promise.all(Array.from({ length: 100 }, async (_, k) => {
      const i = b + k; const lr = 10 ** -(1 + (i % 4));
      const id = `b-${i}`;
      await createRun({ id, project: "bench", name: `sweep-${i}`, group: `lr ${lr}`, seed: i % 5, tags: [`t${i % 10}`], config: { optimizer: { name: "sgd", lr, wd: 0.01 }, bs: 128 }, schedule: { kind: "cosine", peak: lr, floor: 0, steps: 1000 }, total_steps: 1000 });
      await log(id, { points: [{ step: 999, metrics: Object.fromEntries(["train/loss", "val/loss", "a", "b", "lr"].map((m, q) => [m, ((i * 7919) % 1000 + q) / 1000])) }] });
    }));
  console.log("seeded", performance.now() - t0);
  const columns = "config.optimizer.lr,metric:val/loss,metric:val/loss:min";
  const time = async (name: string, f: () => Promise<unknown>) => { for (let i = 0; i < 3; i++) { const t = performance.now(); await f(); console.log(name, Math.round(performance.now() - t)); } };
  process.env.NODE_ENV = "production";
  await time("table 100", () => call(tableRoute.GET, api.runTable, { query: { project: "bench", columns, limit: 100 } }));
  await time("table all", () => ok(tableRoute.GET, api.runTable, { query: { project: "bench", columns } }));
  await time("list 200", () => ok(runsRoute.GET, api.listRuns, { query: { project: "bench", limit: 200 } }));
  await time("list 200 sorted filter", () => ok(runsRoute.GET, api.listRuns, { query: { project: "bench", limit: 200, sort: "-config.optimizer.lr,metric:val/loss", filter: "config.optimizer.lr>=0.01 tag:t3 sweep" } }));
  const { reader: { prisma } } = await database();
  const where = { deletedAt: null, project: { deletedAt: null, name: "bench" } };
  await time("p runs", () => prisma.run.findMany({ where, select: { id: true, name: true, status: true, createdAt: true, startedAt: true, config: true, schedule: true, seed: true, group: true } }));
  await time("p tags", () => prisma.runTag.findMany({ where: { run: where }, select: { runId: true, tag: true } }));
  await time("p group", () => prisma.series.groupBy({ by: ["key"], where: { run: where }, _count: { _all: true } }));
  await time("p series", () => prisma.series.findMany({ where: { run: where, key: { in: ["val/loss", "lr"] } }, select: { runId: true, key: true, last: true, lastNonfinite: true, min: true, max: true } }));
  const body = await ok(tableRoute.GET, api.runTable, { query: { project: "bench", columns } });
  const text = JSON.stringify(body); console.log("kB", text.length / 1000);
  await time("parse", async () => RunTable.parse(JSON.parse(text)));
  const rows = rowsOfTable(body);
  await time("rowsOf", async () => rowsOfTable(body));
  for (const q of ["", "sort=best", "filter=sweep-1 config.optimizer.lr>0.01&sort=-best,name", "group=group&sort=best"])
    await time("view " + q, async () => presentRuns({ project: wireProject(), metrics: body.metrics, search: new URLSearchParams(q) }, rows, Date.now()));
});
