import type { RunsChartData, RunsGroup } from "@/lib/presenters/charts/runs-data";
import { runColor } from "@/lib/presenters/format/run-color";
import { formatInteger, plural } from "@/lib/presenters/format/number";
import type { RunsView } from "@/lib/presenters/runs/runs-view";

interface DrawnRuns {
  readonly runs: RunsChartData["runs"];
  /** null: each run stands for itself. */
  readonly groups: RunsGroup[] | null;
  /** How much of what is listed is drawn, so that nothing is left out in silence. */
  readonly note: string;
}

/** What the charts beside the table draw: the runs, and the groups that they are drawn as. */
export function drawnRuns({ drawn, groups, rows }: RunsView): DrawnRuns {
  const runs = drawn.map((row) => ({ id: row.id, name: row.name, css: runColor(row.index) }));
  const ofRuns = `${formatInteger(runs.length)} of ${plural(rows.length, "run")}`;
  if (groups === null) return { runs, groups: null, note: `${ofRuns} drawn` };
  const ids = new Set(runs.map(({ id }) => id));
  const own = groups.flatMap(({ key, label, css, rows: members }) => {
    const drawnOnes = members.flatMap(({ id }) => (ids.has(id) ? [id] : []));
    return drawnOnes.length === 0 ? [] : [{ key, label, css, runs: drawnOnes, total: members.length }];
  });
  return { runs, groups: own, note: `${own.length} of ${plural(groups.length, "group")}, ${ofRuns} drawn` };
}
