import "server-only";
import { type Ctx, requireScope } from "../context";
import { storeOn } from "../metrics/store-on";
import { findProject } from "../projects/get-project";
import { csvLine } from "./csv-text";
import { download } from "./download";
import { observationsOf } from "./merge-rows";

const RUNS_AT_ONCE = 100;
const COLUMNS = ["run_id", "run", "group", "seed", "step", "epoch", "time", "metric", "value"];

/** Every observation of a project's runs, a line each. @throws ServiceError not_found */
export async function exportProject(ctx: Ctx, idOrName: string): Promise<Response> {
  requireScope(ctx, "runs:read");
  const { id, name } = await findProject(ctx.db, idOrName);
  return download(linesOf(ctx, id), `${name}.csv`, "text/csv");
}

async function* linesOf(ctx: Ctx, projectId: string): AsyncGenerator<string> {
  const store = storeOn(ctx.db);
  yield csvLine(COLUMNS);
  for await (const run of runsOf(ctx, projectId)) {
    const series = await ctx.db.prisma.series.findMany({
      where: { runId: run.id },
      select: { id: true, key: true, lastStep: true },
      orderBy: { key: "asc" },
    });
    for (const one of series) {
      for await (const { step, epoch, time, value } of observationsOf(store, one)) {
        yield csvLine([run.id, run.name, run.group, run.seed, step, epoch, time, one.key, value]);
      }
    }
  }
}

async function* runsOf({ db }: Ctx, projectId: string) {
  for (let after = ""; ;) {
    const page = await db.prisma.run.findMany({
      where: { projectId, deletedAt: null, id: { gt: after } },
      select: { id: true, name: true, group: true, seed: true },
      orderBy: { id: "asc" },
      take: RUNS_AT_ONCE,
    });
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < RUNS_AT_ONCE) return;
    after = last.id;
  }
}
