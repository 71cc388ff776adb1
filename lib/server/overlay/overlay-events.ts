import "server-only";
import type { OverlayEvent } from "@/lib/contracts/overlay";
import { checksSinceBest } from "@/lib/domain/plateau/detector-state";
import { plateausOf } from "@/lib/domain/plateau/plateaus";
import { CONTROL_INCLUDE, type ControlRow, toWireControl } from "../control/serialize";
import type { Reader } from "../db/database";
import { requestsByStep } from "../plateau/fired-request";
import { withOlderFirings } from "../plateau/firing-parts";
import { type LoadedPolicy, loadPolicy } from "../plateau/policy-rows";

const MAX_CONTROL = 200;

/** What happened to the run, for the chart to mark: plateaus and control requests. */
export async function overlayEvents(db: Reader, run: { id: string }): Promise<OverlayEvent[]> {
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
  return [...plateaus, ...requests.filter(isEvent).flatMap(controlEvent)];
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
