import type { CompareResponse } from "@/lib/contracts/compare";
import { formatRank as rank } from "@/lib/presenters/compare/report-tables";
import { Table } from "./table";

/** Groups ranked within each project, averaged over the projects. */
export function RankingTable({ answer }: { answer: CompareResponse }) {
  const { ranking, groups } = answer;
  if (!ranking) return null;
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  const leftOut = ranking.left_out.map((key) => labels.get(key) ?? "");
  return (
    <div>
      <Table
        caption="Average rank over projects"
        columns={[
          { id: "group", head: "group" },
          { id: "rank", head: "average rank", align: "right" },
          { id: "interval", head: "95 %", align: "right" },
          ...ranking.projects.map((project) => ({ id: project, head: project, align: "right" as const })),
        ]}
        rows={ranking.items.map((item) => ({
          id: item.key,
          cells: [
            <span key="label" className="font-medium">
              {labels.get(item.key)}
            </span>,
            rank(item.average_rank),
            item.interval ? `${rank(item.interval.low)} … ${rank(item.interval.high)}` : "one run each",
            ...item.ranks.map(rank),
          ],
        }))}
      />
      {leftOut.length > 0 ? (
        <p className="pt-2 text-xs text-muted">
          Without a run in every project, so not ranked: {leftOut.join(", ")}.
        </p>
      ) : null}
    </div>
  );
}
