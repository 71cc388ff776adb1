import { findLrKey } from "../metrics/lr-key";
import { parseNumber, parseTime } from "./parse-number";

/** A column of a table, seen in its first rows. */
export interface Column {
  name: string;
  /** false: text in all of those rows. */
  numeric: boolean;
  /** Its first values, as written. */
  sample: readonly string[];
}

export interface Mapping {
  step: string | null;
  epoch: string | null;
  time: string | null;
  lr: string | null;
  metrics: string[];
}

/** The more telling names first. */
const STEP = [
  /^(global[_-]?)?step$/i,
  /(^|\/)(global[_-]?)?step$/i,
  /^_step$/i,
  /^(iteration|iterations|iter|iters|it|update|updates|num_updates|batch_idx|batch)$/i,
];
const EPOCH = [/^epochs?$/i, /(^|\/)epochs?$/i];
const TIME = [/^(time|timestamp|_timestamp|t|wall[_ -]?time|date|datetime)$/i];

/** Unix seconds of 1973: smaller ones are times since the start, which are a metric like others. */
const ABSOLUTE_FROM = 1e8;

const firstOf = (columns: readonly Column[], patterns: readonly RegExp[]): string | null =>
  patterns.flatMap((pattern) => columns.filter(({ name }) => pattern.test(name)))[0]?.name ?? null;

function isAbsolute({ sample }: Column): boolean {
  const times = sample.map(parseTime).filter((time) => typeof time === "number");
  return times.length > 0 && times.every((time) => time >= ABSOLUTE_FROM);
}

/** Which column is what, by its name and its first values. */
export function guessMapping(columns: readonly Column[]): Mapping {
  const numbers = columns.filter(({ numeric }) => numeric);
  const step = firstOf(numbers, STEP);
  const epoch = firstOf(numbers, EPOCH);
  const time = firstOf(columns.filter(isAbsolute), TIME);
  const used = new Set([step, epoch, time]);
  const metrics = numbers.map(({ name }) => name).filter((name) => !used.has(name));
  return { step, epoch, time, lr: lrAmong(metrics), metrics };
}

/** What somebody said, over what was guessed. */
export function applyMapping(
  columns: readonly Column[],
  said: {
    step?: string | null;
    epoch?: string | null;
    time?: string | null;
    lr?: string | null;
    metrics?: string[];
  },
): Mapping {
  const guess = guessMapping(columns);
  const pick = (name: "step" | "epoch" | "time") => (said[name] === undefined ? guess[name] : said[name]);
  const [step, epoch, time] = [pick("step"), pick("epoch"), pick("time")];
  const used = new Set([step, epoch, time]);
  const numeric = columns.filter((column) => column.numeric).map(({ name }) => name);
  const metrics = said.metrics ?? numeric.filter((name) => !used.has(name));
  if (said.lr && !metrics.includes(said.lr)) metrics.push(said.lr);
  return { step, epoch, time, metrics, lr: said.lr === undefined ? lrAmong(metrics) : said.lr };
}

const lrAmong = (metrics: readonly string[]): string | null => findLrKey(metrics.map((key) => ({ key })));

const isNumber = (value: unknown): boolean => typeof parseNumber(value) === "number";
const isEmpty = (value: unknown): boolean => parseNumber(value) === null;

const SAMPLES = 3;
const LONGEST_SAMPLE = 60;

/** The columns of a table's first rows, in the order in which they appear. */
export function columnsOf(rows: readonly ReadonlyMap<string, unknown>[]): Column[] {
  const names = new Set(rows.flatMap((row) => [...row.keys()]));
  return [...names].map((name) => {
    const values = rows.map((row) => row.get(name)).filter((value) => !isEmpty(value));
    return {
      name,
      numeric: values.length === 0 || values.some(isNumber),
      sample: values.slice(0, SAMPLES).map((value) => textOf(value).slice(0, LONGEST_SAMPLE)),
    };
  });
}

const textOf = (value: unknown): string =>
  typeof value === "object" ? JSON.stringify(value) : String(value);
