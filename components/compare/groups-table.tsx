import type { ComparedGroup, CompareResponse } from "@/lib/contracts/compare";
import { runsText } from "@/lib/presenters/compare/pair-rows";
import { formatCount, formatValue } from "@/lib/presenters/format/number";
import { stepsText, timeText } from "@/lib/presenters/compare/target-words";
import { Table, type TableColumn } from "./table";

const COLUMNS: readonly TableColumn[] = [
  { id: "group", head: "group" },
  { id: "n", head: "runs", align: "right" },
  { id: "mean", head: "mean", align: "right" },
  { id: "interval", head: "95 % of the mean", align: "right" },
  { id: "median", head: "median", align: "right" },
  { id: "iqm", head: "IQM", align: "right" },
  { id: "bootstrap", head: "bootstrap of the IQM", align: "right" },
  { id: "final", head: "final", align: "right" },
  { id: "best", head: "best", align: "right" },
  { id: "area", head: "area", align: "right" },
  { id: "steps", head: "last step", align: "right" },
];
const TARGET_COLUMNS: readonly TableColumn[] = [
  { id: "target", head: "steps to target", align: "right" },
  { id: "time", head: "time to target", align: "right" },
];

const range = (interval: { low: number; high: number } | null): string =>
  interval ? `${formatValue(interval.low)} … ${formatValue(interval.high)}` : "–";

/** What a bootstrap of so few runs can hold at best is told beside it, where that is not 95 %. */
function Bootstrap({ group: { n, bootstrap, bootstrap_ceiling: ceiling } }: { group: ComparedGroup }) {
  const isNarrow = ceiling !== null && ceiling < 0.95;
  return (
    <>
      {range(bootstrap)}
      {isNarrow ? (
        <span
          className="ml-1.5 text-muted"
          title={`No bootstrap of ${n} runs holds the true value more often: it redraws the values that are there.`}
        >
          holds ≤ {Math.floor(ceiling * 100)} %
        </span>
      ) : null}
    </>
  );
}

/** The figures of every group, best first. */
export function GroupsTable({
  answer,
  inks,
}: {
  answer: CompareResponse;
  inks: ReadonlyMap<string, string>;
}) {
  const hasTarget = answer.target !== null;
  const rows = answer.groups.map((group) => ({
    id: group.key,
    cells: [
      <span key="group" className="flex items-center gap-1.5" title={group.description ?? undefined}>
        <span
          aria-hidden
          className="size-2 shrink-0 rounded-full"
          style={{ background: inks.get(group.key) ?? "var(--muted)" }}
        />
        <span className="max-w-64 truncate font-medium max-sm:max-w-36">{group.label}</span>
        {group.description && group.description !== group.label ? (
          <span className="max-w-60 truncate text-muted max-lg:hidden">{group.description}</span>
        ) : null}
      </span>,
      runsText(group),
      formatValue(group.mean),
      range(group.interval),
      formatValue(group.median),
      formatValue(group.iqm),
      <Bootstrap key="bootstrap" group={group} />,
      formatValue(group.final),
      formatValue(group.best),
      formatValue(group.area),
      lastStepText(group),
      ...(hasTarget ? targetCells(group) : []),
    ],
  }));
  const columns = hasTarget ? [...COLUMNS, ...TARGET_COLUMNS] : COLUMNS;
  return <Table caption="Groups" columns={columns} rows={rows} />;
}

function lastStepText({ steps }: ComparedGroup): string {
  if (!steps) return "–";
  return steps.min === steps.max
    ? formatCount(steps.max)
    : `${formatCount(steps.min)} … ${formatCount(steps.max)}`;
}

const targetCells = ({ target }: ComparedGroup): string[] => [
  target ? `${stepsText(target)} (${target.reached}/${target.of})` : "–",
  timeText(target),
];
