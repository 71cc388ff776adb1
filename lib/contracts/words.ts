// The closed lists and limits of the wire that a page offers or checks itself: apart from the schemas made of them, so
// that showing a menu does not load a parser.

export const NAMED_X = ["step", "epoch", "time", "relative", "lr_sum", "samples"] as const;
export type NamedX = (typeof NAMED_X)[number];

export const METRIC_X = "metric:";
/** What every chart can have as x: a coordinate that all runs know, or another metric of the same run. */
export type XAxis = NamedX | `metric:${string}`;

export const isNamedX = (x: string): x is NamedX => NAMED_X.some((named) => named === x);

/** The metric that stands on the x axis; null where none does. */
export const metricOfX = (x: XAxis): string | null =>
  x.startsWith(METRIC_X) ? x.slice(METRIC_X.length) : null;

export const metricX = (key: string): XAxis => `${METRIC_X}${key}`;

/** An x axis as an address writes it; null for anything else. */
export function readX(text: string): XAxis | null {
  if (isNamedX(text)) return text;
  const key = text.startsWith(METRIC_X) ? text.slice(METRIC_X.length) : "";
  return key === "" ? null : metricX(key);
}

export const EXPORT_TARGETS = ["torch", "transformers", "timm", "keras", "optax", "json"] as const;

export const GROUP_FIELDS = ["schedule", "family", "group", "tag", "seed", "project", "run"] as const;

const CONFIG_PATH = /^config\.[^\p{C}]{1,250}$/u;
export const CONFIG_PATH_PATTERN = CONFIG_PATH.source;
export const isConfigPath = (value: string): value is `config.${string}` => CONFIG_PATH.test(value);

/** Runs that one request may change. */
export const MAX_BULK = 10_000;

/** Projects that one comparison may take all runs of. */
export const MAX_COMPARED_PROJECTS = 20;

/** So many metrics a run's summary holds at most. */
export const MOST_SUMMARISED = 1000;

/** What is kept for a while once it is deleted. */
export const DELETED_KINDS = ["run", "project", "channel"] as const;
export type DeletedKind = (typeof DELETED_KINDS)[number];
