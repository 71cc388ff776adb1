import { metricOfX, metricX, type NamedX, type XAxis } from "@/lib/contracts/words";
import { isBatchSize } from "@/lib/domain/metrics/batch-size";
import { xTitle } from "./x-axis";

interface XOption {
  readonly value: XAxis;
  readonly label: string;
}

const ALWAYS: readonly NamedX[] = ["step", "epoch", "relative", "time"];

interface Known {
  readonly metrics: readonly string[];
  /** Whether a learning rate was logged. */
  readonly lr: boolean;
  /** Whether a configuration tells how many examples a step takes. */
  readonly samples: boolean;
}

/** What can stand on the x axis; the present choice always, so that the control can show it. */
export function xOptions({ metrics, lr, samples }: Known, present: XAxis): XOption[] {
  const named: NamedX[] = [
    ...ALWAYS,
    ...(samples || present === "samples" ? (["samples"] as const) : []),
    ...(lr || present === "lr_sum" ? (["lr_sum"] as const) : []),
  ];
  const shown = metricOfX(present);
  const keys = shown === null || metrics.includes(shown) ? metrics : [...metrics, shown];
  return [
    ...named.map((value) => ({ value, label: xTitle(value) })),
    ...keys.map((key) => ({ value: metricX(key), label: `metric ${key}` })),
  ];
}

/** Whether a field, as a filter writes it, tells a batch size: `config.data.batch_size`. */
export const tellsBatchSize = (field: string): boolean =>
  field.startsWith("config.") && isBatchSize(field.slice(field.lastIndexOf(".") + 1));
