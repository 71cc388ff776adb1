import { memo } from "react";
import type { ChartTable } from "@/lib/presenters/charts/chart-model";

/** The picture's data for screen readers and tests; takes no space. */
export const SeriesTable = memo(function SeriesTable({ table }: { table: ChartTable }) {
  return (
    <div className="sr-only">
      <table>
        <caption>{table.caption}</caption>
        <thead>
          <tr>
            {table.head.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row) => (
            <tr key={row[0]}>
              {row.map((cell, i) => (
                <td key={table.head[i]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
