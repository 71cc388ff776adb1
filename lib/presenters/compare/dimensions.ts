import type { ComparedRun, CompareResponse } from "@/lib/contracts/compare";
import { formatLr } from "@/lib/presenters/format/number";

/** Something that differs from run to run and may have made the difference. */
export interface Dimension {
  readonly id: string;
  readonly label: string;
  /** One a run, in the order of the runs. */
  readonly values: readonly (number | string | null)[];
}

const FACTS: readonly { id: string; label: string; of: (run: ComparedRun) => number | null }[] = [
  { id: "lr_peak", label: "peak LR", of: (run) => run.lr_peak },
  { id: "lr_peak_step", label: "step of the peak LR", of: (run) => run.lr_peak_step },
  { id: "lr_last", label: "last LR", of: (run) => run.lr_last },
  { id: "last_step", label: "last step", of: (run) => run.last_step },
  { id: "steps_to_target", label: "steps to target", of: (run) => run.steps_to_target },
];

/** What the runs differ in: facts of their LR, their config, and the metrics that were asked for besides. */
export function dimensionsOf(answer: CompareResponse): Dimension[] {
  const { runs, config } = answer;
  const facts = FACTS.map(({ id, label, of }) => ({ id, label, values: runs.map(of) }));
  const entries = config.map(({ path, values }) => ({ id: `config.${path}`, label: path, values }));
  const extra = Object.keys(runs[0]?.extra ?? {}).map((key) => ({
    id: `metric.${key}`,
    label: key,
    values: runs.map((run) => run.extra[key] ?? null),
  }));
  return [...facts, ...entries, ...extra].filter((dimension) => new Set(told(dimension)).size > 1);
}

/** A rate as it is written: two that differ by what a float's last digits do are the same. */
const told = (dimension: Dimension): Dimension["values"] =>
  isRate(dimension)
    ? dimension.values.map((value) => (typeof value === "number" ? formatLr(value) : value))
    : dimension.values;

/** Written like a learning rate: `3.0e-4`. */
export const isRate = ({ id }: Pick<Dimension, "id">): boolean =>
  /(^|[._/])(lr|learning_rate|lr_peak|lr_last)$/i.test(id);

/** As numbers where all are; else each text its own place, in order. */
export interface Scaled {
  readonly numeric: boolean;
  /** Spread over decades and above 0: drawn logarithmically. */
  readonly log: boolean;
  /** One a run; null: the run has none. */
  readonly places: readonly (number | null)[];
  /** For texts: what stands at 0, 1, 2, … */
  readonly words: readonly string[];
}

const DECADES = 20;

export function scaled({ values }: Pick<Dimension, "values">): Scaled {
  const known = values.filter((value) => value !== null);
  const numbers = known.filter((value) => typeof value === "number" && Number.isFinite(value));
  if (known.length > 0 && numbers.length === known.length) {
    const places = values.map((value) => (typeof value === "number" ? value : null));
    const [low, high] = [Math.min(...numbers.map(Number)), Math.max(...numbers.map(Number))];
    return { numeric: true, log: low > 0 && high / low >= DECADES, places, words: [] };
  }
  const words = [...new Set(known.map(String))].sort();
  return {
    numeric: false,
    log: false,
    places: values.map((value) => (value === null ? null : words.indexOf(String(value)))),
    words,
  };
}
