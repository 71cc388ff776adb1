import type { ImportedFile } from "@/lib/contracts/imports";
import { plural } from "@/lib/presenters/format/number";

/** What could not be read, and why: a row each, and what is said of the whole file. */
export function Refusals({ file, named }: { file: ImportedFile; named: boolean }) {
  const hidden = file.rows_refused - file.refusals.length;
  return (
    <>
      {file.warnings.map((warning) => (
        <p key={warning} className="text-sm text-recommended">
          {named ? `${file.path}: ` : ""}
          {warning[0]?.toUpperCase()}
          {warning.slice(1)}.
        </p>
      ))}
      {file.rows_refused > 0 ? (
        <details className="text-sm">
          <summary className="cursor-default text-recommended select-none">
            {plural(file.rows_refused, "row")} {named ? `of ${file.path} ` : ""}cannot be read and{" "}
            {file.rows_refused === 1 ? "is" : "are"} left out
          </summary>
          <ul
            className="mt-1.5 max-h-48 overflow-y-auto rounded border border-line py-1 tabular-nums"
            tabIndex={0}
          >
            {file.refusals.map(({ row, field, reason }, index) => (
              <li key={`${index} ${row}`} className="flex gap-3 px-2 py-0.5">
                <span className="w-20 shrink-0 text-muted">row {row}</span>
                <span className="min-w-0 break-words">
                  {field ? <code className="mr-2 font-mono">{field}</code> : null}
                  {reason}
                </span>
              </li>
            ))}
            {hidden > 0 ? <li className="px-2 py-0.5 text-muted">and {plural(hidden, "more row")}</li> : null}
          </ul>
        </details>
      ) : null}
    </>
  );
}
