import type { CompareResponse } from "@/lib/contracts/compare";
import { formatValue } from "@/lib/presenters/format/number";
import { pairRows, runsText } from "./pair-rows";
import { stepsText, timeText } from "./target-words";

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const range = (interval: { low: number; high: number } | null): string =>
  interval ? `${formatValue(interval.low)} … ${formatValue(interval.high)}` : "–";

/** The tables of a report, the same in every format. */
export function reportTables(answer: CompareResponse): ReportTable[] {
  return [groupsTable(answer), pairsTable(answer), runsTable(answer)];
}

function groupsTable({ groups, target }: CompareResponse): ReportTable {
  const toTarget =
    target === null ? [] : [`steps to ${formatValue(target)}`, `time to ${formatValue(target)}`];
  return {
    title: "Groups",
    head: [
      "group",
      "runs",
      "mean",
      "95 % of the mean",
      "median",
      "IQM",
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
