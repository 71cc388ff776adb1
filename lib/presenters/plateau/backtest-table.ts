import type { BacktestOutcome, BacktestRunResult } from "@/lib/contracts/backtest";
import { formatInteger, formatLr, plural } from "@/lib/presenters/format/number";
import type { Tried } from "./backtest-chart";

export interface BacktestRow {
  readonly letter: string;
  readonly description: string;
  readonly fired: string;
  readonly first: string;
  readonly delay: string;
  /** The LR after each firing, or the scale. */
  readonly lrs: string;
  /** Why it fired first. */
  readonly why: string | null;
}

const SHOWN_LRS = 4;

/** What each candidate would have done, in words and figures. `baseLr` null: LRs are shares of the first one. */
export function backtestRows(tried: readonly Tried[], baseLr: number | null): BacktestRow[] {
  return tried.map(({ letter, result }) => {
    const written = result.firings.map(({ lr }) => (baseLr === null ? `×${formatLr(lr)}` : formatLr(lr)));
    const lrs = [...new Set(written)];
    return {
      letter,
      description: result.description,
      fired: result.count === 0 ? "never" : plural(result.count, "time"),
      first: result.first_step === null ? "" : `step ${formatInteger(result.first_step)}`,
      delay: delayText(result, result.stall !== null),
      lrs: lrs.length > SHOWN_LRS ? `${lrs.slice(0, SHOWN_LRS).join(", ")}, …` : lrs.join(", "),
      why: result.firings[0]?.message ?? null,
    };
  });
}

/** `3 early, then 8 checks after the stall`. */
function delayText(outcome: BacktestOutcome, stalls: boolean): string {
  if (!stalls) return outcome.count === 0 ? "" : "no stall seen";
  const after =
    outcome.delay_checks === null ? "not since" : `${plural(outcome.delay_checks, "check")} after`;
  return outcome.early > 0 ? `${formatInteger(outcome.early)} before, ${after}` : after;
}

export interface HeatCell {
  readonly patience: number;
  readonly threshold: number;
  readonly count: string;
  readonly first: string;
  /** 0 to 1: how often it fired, against the most of all cells. */
  readonly share: number;
  /** Fired while the metric was still improving. */
  readonly early: boolean;
  /** The whole cell as a sentence. */
  readonly label: string;
}

export interface HeatMap {
  readonly thresholds: readonly string[];
  readonly rows: readonly { readonly patience: number; readonly cells: readonly HeatCell[] }[];
}

export function heatMap(sweep: NonNullable<BacktestRunResult["sweep"]>): HeatMap {
  const most = Math.max(1, ...sweep.cells.flat().map(({ count }) => count));
  return {
    thresholds: sweep.threshold.map(String),
    rows: sweep.patience.map((patience, p) => ({
      patience,
      cells: sweep.threshold.flatMap((threshold, t) => {
        const outcome = sweep.cells[p]?.[t];
        return outcome ? [cellOf(patience, threshold, outcome, most)] : [];
      }),
    })),
  };
}

function cellOf(patience: number, threshold: number, outcome: BacktestOutcome, most: number): HeatCell {
  const { count, first_step, early } = outcome;
  const fired = count === 0 ? "never fires" : `fires ${plural(count, "time")}`;
  const first = first_step === null ? "" : `, first at step ${formatInteger(first_step)}`;
  const before = early > 0 ? `, ${formatInteger(early)} before the stall` : "";
  return {
    patience,
    threshold,
    count: String(count),
    first: first_step === null ? "" : formatInteger(first_step),
    share: Math.sqrt(count / most),
    early: early > 0,
    label: `Patience ${patience}, threshold ${threshold}: ${fired}${first}${before}. Try it.`,
  };
}

/** The settings of a sweep; none of them is refused by a rule. */
export const SWEEP: { readonly patience: number[]; readonly threshold: number[] } = {
  patience: [1, 2, 3, 5, 8, 12, 20, 30],
  threshold: [1e-4, 1e-3, 5e-3, 0.01, 0.02],
};
