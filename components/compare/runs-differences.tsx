import { Link } from "@/components/ui/link";
import type { CompareResponse, ComparedRun } from "@/lib/contracts/compare";
import { groupLabels } from "@/lib/presenters/compare/interval-plot";
import { formatLr, formatValue } from "@/lib/presenters/format/number";
import { LongTable } from "./long-table";
import type { TableColumn } from "./table";

const cellOf = (value: number | string | null | undefined): string =>
  typeof value === "number" ? formatLr(value) : (value ?? "–");

function valueText({ state, value, last }: ComparedRun): string {
  if (state === "missing") return "not logged";
  return state === "diverged" ? `${formatValue(last)}, diverged` : formatValue(value);
}

/** Every run with its value and what its config has that not all of them have. */
export function RunsDifferences({
  answer,
  inks,
}: {
  answer: CompareResponse;
  inks: ReadonlyMap<string, string>;
}) {
  const { runs, config } = answer;
  const columns: TableColumn[] = [
    { id: "run", head: "run" },
    { id: "group", head: "group" },
    { id: "seed", head: "seed", align: "right" },
    { id: "status", head: "status" },
    { id: "value", head: `${answer.at} ${answer.metric}`, align: "right" },
    { id: "peak", head: "peak LR", align: "right" },
    ...config.map(({ path }) => ({ id: `config ${path}`, head: path, align: "right" as const })),
  ];
  const rows = runs.map((run, i) => ({
    id: run.id,
    cells: [
      <Link
        key="run"
        className="font-medium hover:underline"
        href={`/projects/${encodeURIComponent(run.project.name)}/runs/${run.id}`}
      >
        {run.name}
      </Link>,
      <span key="group" className="inline-flex max-w-56 items-center gap-1.5">
        <span
          aria-hidden
          className="size-2 shrink-0 rounded-full"
          style={{ background: inks.get(run.groups[0] ?? "") ?? "var(--muted)" }}
        />
        <span className="truncate">{groupLabels(answer.groups, run)}</span>
      </span>,
      run.seed ?? "–",
      run.status,
      valueText(run),
      formatLr(run.lr_peak),
      ...config.map(({ values }) => cellOf(values[i])),
    ],
  }));
  return (
    <div>
      {config.length === 0 ? (
        <p className="pb-2 text-sm text-muted">The configs of these runs do not differ.</p>
      ) : null}
      <LongTable noun="run" caption="Runs and what differs in their configs" columns={columns} rows={rows} />
    </div>
  );
}
