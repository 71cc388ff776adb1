import { Status } from "@/components/ui/badge";
import type { CompareResponse } from "@/lib/contracts/compare";
import { pairRows, pairsNote } from "@/lib/presenters/compare/pair-rows";
import { LongTable } from "./long-table";
import type { TableColumn } from "./table";

const COLUMNS: readonly TableColumn[] = [
  { id: "pair", head: "better against worse mean" },
  { id: "difference", head: "difference", align: "right" },
  { id: "interval", head: "95 %", align: "right" },
  { id: "improvement", head: "a run wins", align: "right" },
  { id: "p", head: "p", align: "right" },
  { id: "smallest", head: "smallest possible", align: "right" },
  { id: "corrected", head: "corrected", align: "right" },
  { id: "shown", head: "difference" },
  { id: "how", head: "on" },
];

/** Every two groups, the clearest difference first. */
export function PairsTable({ answer }: { answer: CompareResponse }) {
  const rows = pairRows(answer).map((row) => ({
    id: row.id,
    cells: [
      <span key="pair" className="inline-flex max-w-96 gap-1">
        <span className="truncate font-medium">{row.a}</span>
        <span className="text-muted">against</span>
        <span className="truncate font-medium">{row.b}</span>
      </span>,
      row.difference,
      row.interval,
      row.improvement,
      row.p,
      row.smallest,
      row.corrected,
      row.shown ? (
        <Status key="shown" tone="verified" shape="check">
          shown
        </Status>
      ) : (
        <Status key="shown" tone="neutral" shape="ring">
          not shown
        </Status>
      ),
      <span key="how">
        {row.how}
        {row.other ? <span className="text-muted"> · {row.other}</span> : null}
      </span>,
    ],
  }));
  const note = pairsNote(answer);
  return (
    <>
      <LongTable noun="pair" caption="Pairs" columns={COLUMNS} rows={rows} />
      {note ? <p className="mt-2 max-w-[110ch] text-xs text-muted">{note}</p> : null}
    </>
  );
}
