import type { CompareResponse } from "@/lib/contracts/compare";
import { formatValue } from "@/lib/presenters/format/number";
import { pairRows, runsText } from "./pair-rows";
import { stepsText, targetText, timeText } from "./target-words";

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const range = (interval: { low: number; high: number } | null): string =>
  interval ? `${formatValue(interval.low)} … ${formatValue(interval.high)}` : "–";

export const formatRank = (rank: number): string => String(Number(rank.toFixed(2)));

/** The tables of a report, the same in every format. */
export function reportTables(answer: CompareResponse): ReportTable[] {
  return [groupsTable(answer), pairsTable(answer), ...rankingTable(answer), runsTable(answer)];
}

function groupsTable({ groups, target }: CompareResponse): ReportTable {
  const toTarget = target === null ? [] : [`steps to ${targetText(target)}`, `time to ${targetText(target)}`];
  return {
    title: "Groups",
    head: [
      "group",
      "runs",
      "mean",
      "95 % of the mean",
      "median",
      "IQM",
      "final",
      "best",
      "area",
      ...toTarget,
      "description",
    ],
    rows: groups.map((group) => [
      group.label,
      runsText(group),
      formatValue(group.mean),
      range(group.interval),
      formatValue(group.median),
      formatValue(group.iqm),
      formatValue(group.final),
      formatValue(group.best),
      formatValue(group.area),
      ...(group.target
        ? [
            `${stepsText(group.target)} (${group.target.reached} of ${group.target.of})`,
            timeText(group.target),
          ]
        : []),
      group.description ?? "",
    ]),
  };
}

function pairsTable(answer: CompareResponse): ReportTable {
  return {
    title: "Pairs",
    head: ["pair", "difference", "95 %", "a run wins", "p", "smallest possible", "corrected", "on", "shown"],
    rows: pairRows(answer).map((row) => [
      `${row.a} against ${row.b}`,
      row.difference,
      row.interval,
      row.improvement,
      row.p,
      row.smallest,
      row.corrected,
      row.how,
      row.shown ? "yes" : "no",
    ]),
  };
}

/** None unless there are several projects. */
function rankingTable({ ranking, groups }: CompareResponse): ReportTable[] {
  if (!ranking) return [];
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  const rows = ranking.items.map(({ key, average_rank, interval, ranks }) => [
    labels.get(key) ?? "",
    formatRank(average_rank),
    interval ? `${formatRank(interval.low)} … ${formatRank(interval.high)}` : "one run each",
    ...ranks.map(formatRank),
  ]);
  return [
    {
      title: "Average rank over projects",
      head: ["group", "average rank", "95 %", ...ranking.projects],
      rows,
    },
  ];
}

function runsTable({ runs, groups, config }: CompareResponse): ReportTable {
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  return {
    title: "Runs",
    head: ["run", "group", "seed", "status", "value", ...config.map(({ path }) => path)],
    rows: runs.map((run, i) => [
      run.name,
      run.groups.map((key) => labels.get(key) ?? "").join(", "),
      run.seed === null ? "" : String(run.seed),
      run.status,
      run.state === "measured" ? formatValue(run.value) : run.state,
      ...config.map(({ values }) => String(values[i] ?? "")),
    ]),
  };
}
