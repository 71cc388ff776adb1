import "server-only";
import { database, type Reader } from "../db/database";
import { transact, type WriteTx } from "../db/transaction";
import { storeOn } from "../metrics/store-on";
import { tellDrifted } from "../notify/tell";
import { findRun } from "../runs/get-run";
import type { RunRow } from "../runs/serialize";
import { announceRun } from "../runs/touch";
import { type JudgedRun, judgeRun } from "./judge-run";

/** So many runs a sweep; the others wait for the next one. */
const RUNS_A_SWEEP = 10;
/** What has just been judged rests for so long, though it logs on. Its end and a new declaration are judged at once. */
const REST_MS = 15_000;
/** The same for one that was too much. */
const LONG_REST_MS = 600_000;
/** A run that has logged nothing for so long drifted before anybody asked to be told. */
const FRESH_MS = 600_000;

/** Judges runs that changed since they were judged: new ones first, then what has waited longest. */
export async function keepVerdicts(now: Date): Promise<void> {
  const { reader } = await database();
  for (const id of await overdue(reader, now)) await keepOne(reader, id, now);
}

/** By the number of its last change, not by a clock: whatever changes a run counts it on. */
async function overdue({ prisma }: Reader, now: Date): Promise<string[]> {
  const runs = await prisma.run.findMany({
    where: {
      deletedAt: null,
      lastStep: { not: null },
      AND: [
        { OR: [{ judgedSeq: null }, { NOT: { judgedSeq: { equals: prisma.run.fields.seq } } }] },
        { OR: [{ judgeAfter: null }, { judgeAfter: { lte: now } }] },
      ],
    },
    select: { id: true },
    orderBy: [{ judgeAfter: { sort: "asc", nulls: "first" } }, { lastLoggedAt: "desc" }],
    take: RUNS_A_SWEEP,
  });
  return runs.map(({ id }) => id);
}

async function keepOne(reader: Reader, id: string, now: Date): Promise<void> {
  const run = await findRun(reader, id);
  const judged = await judgeRun(reader, run);
  await transact((tx) => keep(tx, run, judged, now));
}

/** What was judged is the run as it was read: one that has changed since is judged again. */
async function keep(tx: WriteTx, run: RunRow, judged: JudgedRun, now: Date): Promise<void> {
  const { id } = run;
  // Holds the row: a change between the reading and the writing would be taken for judged.
  await storeOn(tx).runHead(id);
  const before = await tx.prisma.run.findUnique({ where: { id } });
  if (!before) return;
  const columns = {
    auditCode: judged.audit,
    auditFigure: judged.figure === null ? null : JSON.stringify(judged.figure),
    healthCode: judged.health,
    plateauState: judged.plateau,
  };
  const changed =
    columns.auditCode !== before.auditCode ||
    columns.auditFigure !== before.auditFigure ||
    columns.healthCode !== before.healthCode ||
    columns.plateauState !== before.plateauState;
  await tx.prisma.run.update({
    where: { id },
    data: {
      ...columns,
      judgedSeq: changed && before.seq === run.seq ? tx.seq : run.seq,
      judgeAfter: new Date(now.getTime() + (judged.gaveUp ? LONG_REST_MS : REST_MS)),
    },
  });
  if (changed) await announceRun(tx, id, ["run"]);
  if (judged.fault && isNews(run, judged, now)) await tellDrifted(tx, id, judged.fault, now);
}

/** While a run is young its fault may yet be called by another name: what is said twice, or at its end, is told. */
function isNews({ status, auditCode, lastLoggedAt }: RunRow, { audit }: JudgedRun, now: Date): boolean {
  const fresh = lastLoggedAt !== null && now.getTime() - lastLoggedAt.getTime() <= FRESH_MS;
  return fresh && (status !== "running" || auditCode === audit);
}
