import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { CreateRunBody, Run } from "@/lib/contracts/runs";
import { type Ctx, requireScope } from "../context";
import { conflict, notFound } from "../errors";
import { newId } from "../ids";
import { catchUpFor } from "../plateau/catch-up";
import { checkPolicies, setPolicies } from "../plateau/set-policies";
import { storedPolicies } from "../projects/serialize";
import { projectForRun } from "../projects/write-project";
import { withTransaction, type WriteTx } from "../transaction";
import { declaredColumns } from "./declare";
import { findRun } from "./get-run";
import { type RunRow, toWireRun } from "./serialize";
import { setTags } from "./set-tags";
import { announceRun } from "./touch";

export interface CreatedRun {
  run: Run;
  resumed: boolean;
}

/**
 * Creates a run, or goes on with it. The client's own id makes creation idempotent: the same request again finds the
 * run that the first one made. Another request with that id needs `resume`.
 */
export async function createRun(ctx: Ctx, body: CreateRunBody): Promise<CreatedRun> {
  requireScope(ctx, "runs:write");
  const columns = declaredColumns(body, {});
  checkPolicies(body.plateau ?? [], "plateau");
  const now = new Date();
  const created = await withTransaction(ctx, async (tx) => {
    const known = body.id === undefined ? null : await tx.prisma.run.findUnique({ where: { id: body.id } });
    if (known) return resumeRun(tx, ctx, body, known, now);
    if (body.resume === "must") throw notFound(`run ${body.id ?? "(no id given)"}`);
    const project = await projectForRun(tx, body.project, now);
    const id = body.id ?? newId(now.getTime());
    const place = await nextPlace(tx, project.id);
    await tx.prisma.run.create({
      data: {
        ...columns,
        id,
        projectId: project.id,
        place,
        name: body.name ?? `run-${place + 1}`,
        status: "running",
        resume: body.resume,
        createdAt: now,
        startedAt: now,
        tags: { create: [...new Set(body.tags ?? [])].map((tag) => ({ tag })) },
      },
    });
    const policies = body.plateau ?? storedPolicies(project.plateau);
    const by = body.plateau ? ctx.actor : `the default of ${project.name}`;
    await setPolicies(tx, id, policies, { by, now });
    await announceRun(tx, id, ["run"]);
    return { run: toWireRun(await findRun(tx, id)), resumed: false };
  });
  if (created.resumed && body.plateau) await catchUpFor(created.run.id, ctx.signal);
  return created;
}

/** Behind every run that the project has or had lately; one that is purged leaves its place empty. */
async function nextPlace(tx: WriteTx, projectId: string): Promise<number> {
  const { _max } = await tx.prisma.run.aggregate({ where: { projectId }, _max: { place: true } });
  return (_max.place ?? -1) + 1;
}

async function resumeRun(
  tx: WriteTx,
  ctx: Ctx,
  body: CreateRunBody,
  known: { id: string; deletedAt: Date | null; status: string },
  now: Date,
): Promise<CreatedRun> {
  if (known.deletedAt) throw conflict(`run ${known.id} is deleted; restore it or choose another id`);
  const row = await findRun(tx, known.id);
  if (row.project.name !== body.project && row.project.id !== body.project) {
    throw conflict(`run ${known.id} is in the project ${row.project.name}, not ${body.project}`);
  }
  if (body.resume === "never") {
    if (!saysTheSame(row, body))
      throw conflict(`run ${known.id} exists; resume it with resume "allow" or "must"`);
    return { run: toWireRun(row), resumed: true };
  }
  await tx.prisma.run.update({
    where: { id: known.id },
    data: {
      ...declaredColumns(body, toWireRun(row)),
      status: "running",
      resume: body.resume,
      endedAt: null,
    },
  });
  if (body.tags) await setTags(tx, known.id, body.tags);
  if (body.plateau) await setPolicies(tx, known.id, body.plateau, { by: ctx.actor, now });
  await announceRun(tx, known.id, ["run"]);
  return { run: toWireRun(await findRun(tx, known.id)), resumed: true };
}

/** What a repeated request must say again. The plateau policies may have been edited since. */
const COMPARED = [
  ...(["name", "group", "seed", "config", "notes", "schedule"] as const),
  ...(["lr_metric", "total_steps", "steps_per_epoch"] as const),
];

/** Is this the request that made the run, sent again? Only what it says is compared. */
function saysTheSame(row: RunRow, body: CreateRunBody): boolean {
  const run = toWireRun(row);
  const sameTags = body.tags === undefined || isDeepStrictEqual([...new Set(body.tags)].sort(), run.tags);
  const same = (field: (typeof COMPARED)[number]) =>
    body[field] === undefined || isDeepStrictEqual(body[field], run[field]);
  return sameTags && COMPARED.every(same);
}
