import type { ReactNode } from "react";
import { cn } from "@/components/ui/class-names";

export interface TableColumn {
  readonly head: ReactNode;
  readonly id: string;
  readonly align?: "right";
}

interface Props {
  caption: string;
  columns: readonly TableColumn[];
  rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
}

/** A plain table that scrolls sideways by itself where it is wider than the screen; what its rows are about stays. */
export function Table({ caption, columns, rows }: Props) {
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="overflow-x-auto">
      <table className="w-full text-sm tabular-nums">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {columns.map(({ id, head, align }) => (
              <th
                key={id}
                scope="col"
                className={cn(
                  "h-8 px-2 font-medium whitespace-nowrap first:sticky first:left-0 first:bg-ground",
                  align === "right" && "text-right",
                )}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id} className="border-b border-line last:border-0">
              {row.cells.map((cell, i) => (
                <td
                  key={columns[i]?.id}
                  className={cn(
                    "h-8 px-2 whitespace-nowrap first:sticky first:left-0 first:bg-ground",
                    columns[i]?.align === "right" && "text-right",
                  )}
                >
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
