import type { JsonObject } from "@/lib/contracts/common";
import { formatValue, fullPrecision } from "@/lib/presenters/format/number";

/** The libraries' own names, in words. The best value and the rule's name stand elsewhere on the card. */
const WORDS: Readonly<Record<string, string>> = {
  num_bad_epochs: "Checks without improvement",
  num_bad: "Checks without improvement",
  wait: "Checks without improvement",
  plateau_count: "Checks without improvement",
  num_good_epochs: "Improvements in a row",
  cooldown_counter: "Cooldown left",
  cooldown_count: "Cooldown left",
  warmup_counter: "Warmup left",
  reset_start: "Cuts at the floor before a restart",
  count: "Values averaged",
  avg_value: "Average so far",
  scale: "LR factor",
  start: "First level",
  num_nonfinite: "Values not finite",
  window: "Values in the window",
  window_sum: "Sum of the window",
};

export interface CounterFigure {
  /** The counter's own name. */
  name: string;
  label: string;
  text: string;
  /** With every digit. */
  exact: string;
}

/** What a rule counts, as the card lists it; a list by how much it holds. */
export const counterFigures = (state: JsonObject): CounterFigure[] =>
  Object.entries(state).flatMap(([name, value]) => {
    const label = WORDS[name];
    if (label === undefined) return [];
    const shown = Array.isArray(value) ? value.length : value;
    return typeof shown === "number"
      ? [{ name, label, text: formatValue(shown), exact: fullPrecision(shown) }]
      : [{ name, label, text: String(shown), exact: String(shown) }];
  });
