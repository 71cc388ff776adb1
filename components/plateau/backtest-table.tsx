"use client";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { BacktestRow } from "@/lib/presenters/plateau/backtest-table";
import { Letter } from "./backtest-candidates";

interface Props {
  rows: readonly BacktestRow[];
  /** null while a save is under way. */
  onSave: ((letter: string, action: "recommend" | "apply") => void) | null;
}

const HEAD = ["policy", "fired", "first at", "from the stall", "LR requested", ""] as const;
const CELL = "px-2 py-1.5 text-left align-top tabular-nums";

/** What each policy would have done; a policy can be made the run's own from here. */
export function BacktestTable({ rows, onSave }: Props) {
  return (
    <div
      className="relative overflow-x-auto"
      tabIndex={0}
      role="group"
      aria-label="What each policy would have done"
    >
      <table className="w-full min-w-[44rem] text-sm">
        <thead>
          <tr className="border-b border-line text-xs text-muted">
            {HEAD.map((head) => (
              <th key={head} scope="col" className="px-2 py-1.5 text-left font-medium whitespace-nowrap">
                {head || <span className="sr-only">keep</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.letter} className="border-b border-line">
              <th scope="row" className={`${CELL} max-w-md font-normal`}>
                <span className="flex items-start gap-2">
                  <Letter letter={row.letter} />
                  <span>
                    {row.description}
                    {row.why ? <span className="block text-muted">{row.why}</span> : null}
                  </span>
                </span>
              </th>
              <td className={`${CELL} whitespace-nowrap`}>{row.fired}</td>
              <td className={`${CELL} whitespace-nowrap`}>{row.first}</td>
              <td className={CELL}>{row.delay}</td>
              <td className={`${CELL} font-mono`}>{row.lrs}</td>
              <td className={`${CELL} text-right`}>
                <Menu
                  trigger={
                    <Button
                      size="small"
                      disabled={onSave === null}
                      aria-label={`Save ${row.letter} as policy`}
                    >
                      Save as policy
                    </Button>
                  }
                >
                  <MenuItem onClick={() => onSave?.(row.letter, "recommend")}>Recommend cuts</MenuItem>
                  <MenuItem onClick={() => onSave?.(row.letter, "apply")}>Apply cuts</MenuItem>
                </Menu>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
