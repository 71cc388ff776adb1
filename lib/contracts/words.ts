// The closed lists and limits of the wire that a page offers or checks itself: apart from the schemas made of them, so
// that showing a menu does not load a parser.

export const X_AXES = ["step", "epoch", "time", "relative", "lr_sum"] as const;

export const EXPORT_TARGETS = ["torch", "transformers", "timm", "keras", "optax", "json"] as const;

export const GROUP_FIELDS = ["schedule", "family", "group", "tag", "seed", "project", "run"] as const;

const CONFIG_PATH = /^config\.[^\p{C}]{1,250}$/u;
export const CONFIG_PATH_PATTERN = CONFIG_PATH.source;
export const isConfigPath = (value: string): value is `config.${string}` => CONFIG_PATH.test(value);

/** Runs that one request may change. */
export const MAX_BULK = 1000;
