import type { PrimaryMetric } from "@/lib/contracts/projects";
import { guessMode } from "@/lib/presenters/runs/primary-metric";

const HELD_OUT = /^(val|valid|validation|eval|test|dev)([/_.-]|$)/i;

/** The project's own metric; else a loss on held-out data, else any loss, else what most runs have. */
export function chooseMetric(
  declared: PrimaryMetric | null,
  metrics: readonly string[],
): PrimaryMetric | null {
  if (declared) return declared;
  const losses = metrics.filter((name) => /loss/i.test(name));
  const key = losses.find((name) => HELD_OUT.test(name)) ?? losses[0] ?? metrics[0];
  return key === undefined ? null : { key, mode: guessMode(key) };
}
