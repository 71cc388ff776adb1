import { slidingMedian } from "@/lib/domain/stats/sliding-median";

/**
 * fastai's loss recorder: an exponential moving average, divided by what its weights have summed to so far. A loss that
 * is not finite stays as it is and leaves the average alone.
 */
export function smoothLosses(losses: readonly number[], beta: number): number[] {
  let average = 0;
  let weight = 1;
  return losses.map((loss) => {
    if (!Number.isFinite(loss)) return loss;
    average = beta * average + (1 - beta) * loss;
    weight *= beta;
    return average / (1 - weight);
  });
}

/** The median of each value and its `half` neighbours on either side, fewer at the ends. */
export const runningMedian = (values: readonly number[], half: number): number[] =>
  slidingMedian(values, -half, half);
