import "server-only";
import type { OverlayEvent } from "@/lib/contracts/overlay";
import { sameLr } from "@/lib/domain/control/same-lr";
import type { Bucket } from "@/lib/domain/metrics/rollup";
import { checksSinceBest } from "@/lib/domain/plateau/detector-state";
import { plateausOf } from "@/lib/domain/plateau/plateaus";
import { CONTROL_INCLUDE, type ControlRow, toWireControl } from "../control/serialize";
import type { Reader } from "../db/database";
import { requestsByStep } from "../plateau/fired-request";
import { withOlderFirings } from "../plateau/firing-parts";
import { type LoadedPolicy, loadPolicy } from "../plateau/policy-rows";

/** Changes of the LR that are marked; a run whose LR moves all the time has none worth marking. */
const MAX_CHANGES = 40;
const MAX_CONTROL = 200;

/** What happened to the run, for the chart to mark: plateaus, control requests, and jumps of the logged LR. */
export async function overlayEvents(
  db: Reader,
  run: { id: string },
  lr: readonly Bucket[],
): Promise<OverlayEvent[]> {
  const { prisma } = db;
  const policies = await prisma.plateauPolicy.findMany({
    where: { runId: run.id },
    orderBy: { position: "asc" },
  });
  const requests = await prisma.controlRequest.findMany({
    where: { runId: run.id },
    include: CONTROL_INCLUDE,
    orderBy: { createdAt: "desc" },
    take: MAX_CONTROL,
  });
  const loaded = await Promise.all(policies.map((row) => withOlderFirings(db, loadPolicy(row))));
  const plateaus = loaded.flatMap((policy) =>
    plateauEvents(
      policy,
      requests.filter(({ policyId }) => policyId === policy.row.id),
    ),
  );
  return [...plateaus, ...requests.filter(isEvent).flatMap(controlEvent), ...lrChanges(lr)];
}

/** One event for each plateau, with the request that was last made of it. */
function plateauEvents(
  { row, state, firings }: LoadedPolicy,
  requests: readonly ControlRow[],
): OverlayEvent[] {
  const requestOf = requestsByStep(requests);
  const now = { bestStep: state.best_step, lastStep: row.lastStep, checks: checksSinceBest(state) };
  return plateausOf(firings.list, now).map(({ fired: steps, ...plateau }) => ({
    ...{ kind: "plateau" as const, ...plateau, metric: row.metric },
    control_id: steps.reduceRight<string | null>((found, step) => found ?? requestOf(step), null),
  }));
}

/** What a policy only proposed, and nobody answered, is told by the event of its plateau. */
const PROPOSALS = ["recommended", "superseded", "withdrawn"];

const isEvent = ({ policyId, status }: ControlRow): boolean =>
  policyId === null || !PROPOSALS.includes(status);

function controlEvent(row: Parameters<typeof toWireControl>[0]): OverlayEvent[] {
  const request = toWireControl(row);
  const step = request.applied_step ?? request.fired_step;
  if (step === null) return [];
  const label =
    request.kind === "stop"
      ? "stop"
      : request.kind === "scale_lr"
        ? `×${request.factor}`
        : `lr ${String(request.lr)}`;
  const by = request.history.find(({ status }) => status === "approved")?.by;
  const message = request.kind === "stop" && by ? `Asked for by ${by}: ${request.reason}` : request.reason;
  return [{ kind: "control", step, control_id: row.id, status: request.status, label, message }];
}

const isChange = (from: number, to: number): boolean => from > 0 && Number.isFinite(to) && !sameLr(from, to);

/** Steps at which the LR holds one value before and another after: cuts, not curves. */
function lrChanges(lr: readonly Bucket[]): OverlayEvent[] {
  const found: OverlayEvent[] = [];
  for (let i = 1; i < lr.length - 1; i += 1) {
    const [two, one, now, next] = [lr[i - 2] ?? lr[i - 1], lr[i - 1], lr[i], lr[i + 1]];
    if (!two || !one || !now || !next) continue;
    const holds = sameLr(two.last, one.last) && sameLr(now.last, next.last);
    if (!holds || !isChange(one.last, now.first)) continue;
    const label = `×${Number((now.first / one.last).toPrecision(3))}`;
    found.push({ kind: "lr_change", step: now.firstStep, from_lr: one.last, to_lr: now.first, label });
  }
  return found.length > MAX_CHANGES ? [] : found;
}
