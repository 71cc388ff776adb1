import { VERDICTS } from "../audit/verdict";
import { HEALTH_CODES } from "../health/note";
import { PLATEAU_STATES } from "../plateau/plateau-state";
import { LIVENESS, QUIET } from "../runs/liveness";

/** A figure of a metric over the whole run. */
export const METRIC_STATS = ["last", "min", "max"] as const;
export type MetricStat = (typeof METRIC_STATS)[number];

/** How a field's values are written and compared. */
export type FieldType = "text" | "choice" | "tags" | "number" | "time" | "duration" | "flag";

interface NamedField {
  type: FieldType;
  /** What a choice or a flag can be. */
  values?: readonly string[];
  /** What it is, for help and completion. */
  about: string;
}

/** Any fault of the audit. */
export const DRIFT = "drift";

const FLAG = ["true", "false"] as const;

/** What every run has, by the word that the query language uses; what is asked for most comes first. */
export const NAMED_FIELDS = {
  status: {
    type: "choice",
    values: ["running", "finished", "failed", "killed", ...QUIET],
    about:
      "running, finished, failed or killed; silent and lost are running ones that are no longer reporting",
  },
  audit: {
    type: "choice",
    values: [DRIFT, ...VERDICTS],
    about: "whether the LR follows its schedule: match, any drift, or one kind of it",
  },
  schedule: { type: "text", about: "the schedule’s family" },
  group: { type: "text", about: "what its replicates share" },
  tag: { type: "tags", about: "one of its tags" },
  seed: { type: "number", about: "the seed" },
  lr: { type: "number", about: "the LR in use" },
  step: { type: "number", about: "the last step" },
  health: { type: "choice", values: HEALTH_CODES, about: "the most serious problem seen in its loss" },
  plateau: {
    type: "choice",
    values: PLATEAU_STATES,
    about: "whether the metrics that its plateau policies watch still improve",
  },
  name: { type: "text", about: "the run’s name" },
  created: { type: "time", about: "when it was created" },
  duration: { type: "duration", about: "how long it took" },
  silent: { type: "duration", about: "how long a running job has logged nothing" },
  liveness: {
    type: "choice",
    values: LIVENESS,
    about: "whether a running job is still logging at its usual pace",
  },
  started: { type: "time", about: "when it began" },
  ended: { type: "time", about: "when it ended" },
  total_steps: { type: "number", about: "how many steps it is to take" },
  source: { type: "choice", values: ["declared", "inferred"], about: "where the schedule is from" },
  archived: { type: "flag", values: FLAG, about: "archived or not" },
  project: { type: "text", about: "the project’s name" },
  id: { type: "text", about: "the run’s id" },
} as const satisfies Record<string, NamedField>;

export type FieldName = keyof typeof NAMED_FIELDS;

/** The wire's own names, understood as well. */
const ALIASES: Readonly<Record<string, FieldName>> = {
  created_at: "created",
  started_at: "started",
  ended_at: "ended",
  last_step: "step",
  schedule_family: "schedule",
  tags: "tag",
};

export const NAMES = Object.keys(NAMED_FIELDS).filter(isFieldName);

function isFieldName(name: string): name is FieldName {
  return Object.hasOwn(NAMED_FIELDS, name);
}

/** The field of this word or wire name; null when there is none. */
export function fieldName(word: string): FieldName | null {
  if (isFieldName(word)) return word;
  return Object.hasOwn(ALIASES, word) ? (ALIASES[word] ?? null) : null;
}

/** What a query, an order, a column or a grouping is about. */
export type Field =
  | { kind: "named"; name: FieldName }
  /** A value inside the run's configuration or its declared schedule. */
  | { kind: "config" | "schedule"; path: readonly string[] }
  | { kind: "metric"; key: string; stat: MetricStat };

/** A name of a field that only the asker's page knows: a metric, a column's title. */
export interface KnownName {
  readonly name: string;
  readonly field: Field;
}

export const named = (name: FieldName): Field => ({ kind: "named", name });

/** What a choice or a flag can be; none for the others. */
export function choicesOf(name: FieldName): readonly string[] {
  const field: NamedField = NAMED_FIELDS[name];
  return field.values ?? [];
}

/** How the field's values are compared. What a configuration holds is any of text, number and flag. */
export function fieldType(field: Field): FieldType | "any" {
  switch (field.kind) {
    case "named":
      return NAMED_FIELDS[field.name].type;
    case "metric":
      return "number";
    case "config":
    case "schedule":
      return "any";
  }
}

const PLAIN_PART = /^[^\s()":=<>!~.,]+$/u;
const PLAIN_KEY = /^[^\s()":=<>!~,]+$/u;

/** Text in double quotes; a quote and a backslash inside take a backslash. */
export const quoted = (text: string): string => `"${text.replace(/["\\]/g, "\\$&")}"`;

/** The field as a query writes it: `seed`, `config.optimizer.lr`, `metric:val/loss:min`. Reading it back gives the field. */
export function printField(field: Field): string {
  switch (field.kind) {
    case "named":
      return field.name;
    case "metric": {
      const key = PLAIN_KEY.test(field.key) ? field.key : quoted(field.key);
      return `metric:${key}${field.stat === "last" ? "" : `:${field.stat}`}`;
    }
    case "config":
    case "schedule":
      return [field.kind, ...field.path.map((part) => (PLAIN_PART.test(part) ? part : quoted(part)))].join(
        ".",
      );
  }
}
