import { Status } from "@/components/ui/badge";
import { CopyButton } from "@/components/ui/copy-button";
import type { RangeTestResult } from "@/lib/contracts/range-test";
import { formatLr, fullPrecision, NO_VALUE } from "@/lib/presenters/format/number";
import { presentSuggestions } from "@/lib/presenters/schedules/range-chart";

const HEAD = "h-7 pr-3 text-left text-xs font-medium whitespace-nowrap text-muted";

/** The methods of the libraries, each with its LR to copy. */
export function SuggestionTable({ result }: { result: RangeTestResult }) {
  return (
    <div role="region" aria-label="Suggestions" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-collapse text-sm">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={HEAD}>
              Method
            </th>
            <th scope="col" className={HEAD}>
              LR
            </th>
            <th scope="col" className={`${HEAD} max-sm:hidden`}>
              What it takes
            </th>
          </tr>
        </thead>
        <tbody>
          {presentSuggestions(result).map(({ method, label, from, what, lr, recommended }) => (
            <tr key={method} className="border-b border-line">
              <th scope="row" className="h-9 pr-3 text-left font-medium whitespace-nowrap">
                {label}
                {recommended ? (
                  <Status tone="verified" shape="check" className="ml-2 font-normal">
                    recommended
                  </Status>
                ) : null}
              </th>
              <td className="pr-3 font-mono whitespace-nowrap tabular-nums">
                <span className="inline-flex items-center gap-1" title={fullPrecision(lr)}>
                  {lr === null ? NO_VALUE : formatLr(lr)}
                  {lr === null ? null : (
                    <CopyButton text={fullPrecision(lr)} label={`Copy the LR of ${label}`} />
                  )}
                </span>
              </td>
              <td className="min-w-56 text-pretty text-muted max-sm:hidden">
                {what} {lr === null ? "Too few points for it." : ""} <span className="text-xs">{from}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
