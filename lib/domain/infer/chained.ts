import { compileDeclared } from "@/lib/domain/schedules/declared";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { Lead } from "./candidate";
import type { Span } from "./shapes";

const ROUNDS = 60;

/**
 * torch's ChainedScheduler of a LinearLR and a CosineAnnealingLR, both of which act from step 0 on the same LR. What is
 * left of it after the warmup is `span`; the base LR is the one from which the warmup leads there.
 */
export function chained(span: Span, { steps, from }: Lead): LibrarySchedule[] {
  const { peak, floor, length } = span;
  if (!(from > 0 && peak > 0 && Number.isInteger(length))) return [];
  const wanted = floor + 0.5 * (peak - floor) * (1 + Math.cos((Math.PI * steps) / length));
  const reached = (start: number) => compileDeclared(make(span, steps, from, start)).at([steps])[0]?.[0] ?? 0;
  // A lower start factor means a higher base LR.
  let [low, high] = [Math.max(1e-9, from / (100 * peak)), 1];
  for (let round = 0; round < ROUNDS; round += 1) {
    const middle = Math.sqrt(low * high);
    if (reached(middle) > wanted) low = middle;
    else high = middle;
  }
  const start = Math.sqrt(low * high);
  return [Number(start.toPrecision(4)), Number(start.toPrecision(7)), start].map((factor) =>
    make(span, steps, from, factor),
  );
}

function make(
  { floor, length }: Span,
  total_iters: number,
  from: number,
  start_factor: number,
): LibrarySchedule {
  const linear = { start_factor, total_iters };
  const cosine = { T_max: length, ...(floor > 0 ? { eta_min: floor } : {}) };
  return {
    library: "torch",
    constructor: "torch.optim.lr_scheduler.ChainedScheduler",
    kwargs: {
      schedulers: [
        { constructor: "torch.optim.lr_scheduler.LinearLR", kwargs: linear },
        { constructor: "torch.optim.lr_scheduler.CosineAnnealingLR", kwargs: cosine },
      ],
    },
    base_lrs: [Number((from / start_factor).toPrecision(12))],
  };
}
