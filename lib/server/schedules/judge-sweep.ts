import "server-only";
import type { RangeTestResult } from "@/lib/contracts/range-test";
import { toWire } from "@/lib/contracts/wire-number";
import { analyseSweep } from "@/lib/domain/range-test/analyse";
import { smoothLosses } from "@/lib/domain/range-test/smooth";

export interface Sweep {
  lrs: number[];
  losses: number[];
  /** Weight of the past in the moving average; 0: the losses are smooth already. */
  beta: number;
  /** Planned updates; as many as there are losses when absent. */
  numIt: number | undefined;
}

/** Zones and suggestions of a sweep. A pure function of it. */
export function judgeSweep({ lrs, losses, beta, numIt }: Sweep): RangeTestResult {
  const judged = beta > 0 ? smoothLosses(losses, beta) : losses;
  const result = analyseSweep({ lrs, losses: judged, numIt: numIt ?? judged.length });
  return { ...result, curve: { lrs, losses: judged.map(toWire) } };
}
