import { expect, test } from "vitest";
import * as runsRoute from "@/app/api/v1/runs/route";
import * as api from "@/lib/contracts/endpoints/runs";
import { database } from "@/lib/server/db/database";
import { freshDatabase, type Input, ok } from "@/tests/support/api";
import { createRun, finish, getRun, log, mint } from "@/tests/support/seed";

freshDatabase();

const HOUR = 3_600_000;
const project = mint("heard");
const point = (step: number) => ({ points: [{ step, metrics: { loss: 1 } }] });

const listed = async (query: Input["query"]) => {
  const page = await ok(runsRoute.GET, api.listRuns, { query: { project, ...query } });
  return page.items.map(({ name }) => name).sort();
};

/** As if the run had last logged so long ago, with such pauses before. */
async function heard(id: string, ago: number, logGap: number | null): Promise<void> {
  const { writer } = await database();
  const lastLoggedAt = new Date(Date.now() - ago);
  await writer.prisma.run.update({ where: { id }, data: { lastLoggedAt, logGap } });
}

async function logging(name: string): Promise<string> {
  const { id } = await createRun({ project, name });
  await log(id, point(0));
  return id;
}

test("a run is silent, lost and back by its own rhythm, for lists, filters and counts", async () => {
  const [live, quick, slow, gone] = await Promise.all(["live", "quick", "slow", "gone"].map(logging));
  await heard(quick!, 0.1 * HOUR, 1);
  await heard(slow!, 0.1 * HOUR, 600);
  await heard(gone!, HOUR, 1);
  const over = await logging("over");
  await heard(over, 99 * HOUR, 1);
  await finish(over);

  const liveness = async (id: string) => (await getRun(id)).liveness;
  expect(await Promise.all([live!, quick!, slow!, gone!, over].map(liveness))).toEqual([
    "live",
    "silent",
    "live",
    "lost",
    null,
  ]);
  expect(await listed({ status: "lost" })).toEqual(["gone"]);
  expect(await listed({ status: "silent" })).toEqual(["quick"]);
  expect(await listed({ filter: "status:lost or liveness:silent" })).toEqual(["gone", "quick"]);
  expect(await listed({ status: "running" })).toEqual(["gone", "live", "quick", "slow"]);
  expect(await listed({ status: "running", filter: "-status:lost" })).toEqual(["live", "quick", "slow"]);

  await log(gone!, point(1));
  const back = await getRun(gone!);
  expect(back).toMatchObject({ status: "running", liveness: "live" });
  expect(back.log_gap).toBeGreaterThanOrEqual(3600);
  expect(back.log_gap).toBeLessThan(3700);
});

test("the first call has no pause before it", async () => {
  const { id } = await createRun({ project: mint("first") });
  expect(await getRun(id)).toMatchObject({ log_gap: null, liveness: "live" });
  await log(id, point(0));
  expect((await getRun(id)).log_gap).toBeNull();
  await log(id, point(1));
  expect((await getRun(id)).log_gap).not.toBeNull();
});
