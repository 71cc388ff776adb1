import { expect, test } from "vitest";
import * as deletedRoute from "@/app/api/v1/deleted/route";
import * as channelRoute from "@/app/api/v1/notifications/channels/[channel_id]/route";
import * as channelsRoute from "@/app/api/v1/notifications/channels/route";
import * as projectRestoreRoute from "@/app/api/v1/projects/[project_id]/restore/route";
import * as projectRoute from "@/app/api/v1/projects/[project_id]/route";
import * as runRestoreRoute from "@/app/api/v1/runs/[run_id]/restore/route";
import * as runRoute from "@/app/api/v1/runs/[run_id]/route";
import { listDeleted } from "@/lib/contracts/endpoints/deleted";
import * as notificationsApi from "@/lib/contracts/endpoints/notifications";
import * as projectsApi from "@/lib/contracts/endpoints/projects";
import * as runsApi from "@/lib/contracts/endpoints/runs";
import type { DeletedKind } from "@/lib/contracts/words";
import { RESTORABLE_MS } from "@/lib/domain/runs/restorable";
import { database } from "@/lib/server/db/database";
import { purgeOld } from "@/lib/server/maintenance";
import { call, freshDatabase, ok } from "../support/api";
import { createRun, getRun, mint } from "../support/seed";

freshDatabase();

const deleted = (kind: DeletedKind, query = {}) =>
  ok(deletedRoute.GET, listDeleted, { query: { kind, ...query } });
const deleteRun = (run_id: string) => call(runRoute.DELETE, runsApi.deleteRun, { params: { run_id } });

test("deleted runs are listed, the latest first, a page at a time, until they are purged", async () => {
  const project = mint("project");
  const [first, second] = [await createRun({ project }), await createRun({ project })];
  await deleteRun(first.id);
  await deleteRun(second.id);
  const page = await deleted("run", { limit: 1 });
  expect(page.items).toMatchObject([{ kind: "run", id: second.id, project: { name: project } }]);
  const [item] = page.items;
  expect(Date.parse(item?.restorable_until ?? "") - Date.parse(item?.deleted_at ?? "")).toBe(RESTORABLE_MS);
  const rest = await deleted("run", { limit: 1, cursor: page.next_cursor ?? "" });
  expect(rest).toMatchObject({ items: [{ id: first.id }], next_cursor: null });
  const { writer } = await database();
  const old = new Date(Date.now() - RESTORABLE_MS - 1000);
  await writer.prisma.run.update({ where: { id: first.id }, data: { deletedAt: old } });
  expect((await deleted("run")).items.map(({ id }) => id)).toEqual([second.id]);
  await purgeOld(new Date());
  expect((await deleted("run")).items.map(({ id }) => id)).toEqual([second.id]);
  await ok(runRestoreRoute.POST, runsApi.restoreRun, { params: { run_id: second.id } });
  expect((await deleted("run")).items).toEqual([]);
});

test("a project comes back with its runs, and a run brings its project back", async () => {
  const run = await createRun();
  const params = { project_id: run.project.id };
  await call(projectRoute.DELETE, projectsApi.deleteProject, { params });
  expect((await deleted("project")).items).toMatchObject([
    { id: run.project.id, name: run.project.name, restorable_until: null },
  ]);
  expect(await ok(projectRestoreRoute.POST, projectsApi.restoreProject, { params })).toMatchObject({
    runs: 1,
  });
  await deleteRun(run.id);
  await call(projectRoute.DELETE, projectsApi.deleteProject, { params });
  await ok(runRestoreRoute.POST, runsApi.restoreRun, { params: { run_id: run.id } });
  expect(await getRun(run.id)).toMatchObject({ project: { id: run.project.id } });
  expect((await deleted("project")).items).toEqual([]);
  const unknown = await call(projectRestoreRoute.POST, projectsApi.restoreProject, {
    params: { project_id: "none" },
  });
  expect(unknown.problem).toMatchObject({ code: "not_found" });
});

test("deleted channels are listed with nothing of their targets", async () => {
  const target = { kind: "webhook", url: "https://example.com/secret" };
  const { id } = await ok(channelsRoute.POST, notificationsApi.createChannel, {
    body: { name: "team", target },
  });
  await call(channelRoute.DELETE, notificationsApi.deleteChannel, { params: { channel_id: id } });
  const { items } = await deleted("channel");
  expect(items).toMatchObject([{ id, name: "team", project: null }]);
  expect(JSON.stringify(items)).not.toContain("secret");
});
