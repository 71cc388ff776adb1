import type { Run } from "@/lib/contracts/runs";
import {
  overlayRequest,
  wholeRequest,
  type OverlayRequest,
  type OverlayView,
} from "@/lib/presenters/charts/view";
import { runColor } from "@/lib/presenters/format/run-color";
import type { Ctx } from "@/lib/server/context";
import { listRunControl } from "@/lib/server/control/list-control";
import { healthNotes } from "@/lib/server/health-notes/health-notes";
import { listMetrics } from "@/lib/server/metrics/list-metrics";
import { getOverlay } from "@/lib/server/overlay/get-overlay";
import { getPlateau } from "@/lib/server/plateau/get-plateau";
import { placeInProject } from "@/lib/server/runs/place-in-project";
import { CONTROL_LIMIT } from "./queries";

/** Everything the run's page is first drawn with. */
export async function loadRun(ctx: Ctx, run: Run, view: OverlayView) {
  const readOverlay = async (query: OverlayRequest) => ({
    query,
    overlay: await getOverlay(ctx, {
      ...{ run_id: run.id, ...query },
      metrics: query.metrics?.split(",").filter(Boolean),
    }),
  });
  const shown = readOverlay(overlayRequest(view));
  const isWhole = view.window === null && view.x === "step";
  const [overlay, whole, metrics, plateau, control, place, health] = await Promise.all([
    shown,
    isWhole ? shown : readOverlay(wholeRequest(view)),
    listMetrics(ctx, run.id),
    getPlateau(ctx, run.id),
    listRunControl(ctx, { run_id: run.id, limit: CONTROL_LIMIT }),
    placeInProject(ctx, run.id),
    healthNotes(ctx, run.id, {}),
  ]);
  return {
    overlay: { shown: overlay, whole },
    metrics: metrics.items,
    plateau,
    control: control.items,
    health,
    runCss: runColor(place),
  };
}
