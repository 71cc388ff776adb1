import type { ComparedGroup, ComparedRun, CompareResponse } from "@/lib/contracts/compare";
import { linearTicks, logLabels, logTicks, valueTicks } from "@/lib/presenters/charts/ticks";
import { formatCount, formatValue, NO_VALUE, plural } from "@/lib/presenters/format/number";
import { MOST_GROUPS } from "./group-inks";
import { type JoinMark, joinMarks, joinsOf } from "./joins";
import { countText, reachedText, stepsText, timeText } from "./target-words";

/** Places are shares of the plot's width. */
export interface IntervalRow {
  readonly key: string;
  readonly label: string;
  readonly css: string;
  readonly mean: number | null;
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** The interval goes on beyond the plot on this side. */
  readonly cut: { readonly low: boolean; readonly high: boolean };
  /** The runs themselves. */
  readonly dots: readonly number[];
  readonly text: string;
  readonly note: string | null;
  /** One for each line that joins groups which are not told apart. */
  readonly joins: readonly JoinMark[];
}

export interface IntervalPlot {
  readonly rows: readonly IntervalRow[];
  readonly ticks: readonly { readonly place: number; readonly label: string }[];
  readonly omitted: string | null;
}

/** An interval is drawn to this many times the extent of the runs beyond them; two runs' would hide all the rest. */
const ROOM = 0.35;

const finite = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);

/**
 * The mean of each group with its interval, and its runs. Those that may be best come first, in the order of the verdict,
 * then those that are worse.
 */
export function presentIntervals(
  { groups, runs, pairs, verdict }: CompareResponse,
  inks: ReadonlyMap<string, string>,
): IntervalPlot | null {
  const shown = inOrder(groups, verdict)
    .filter(({ n }) => n > 0)
    .slice(0, MOST_GROUPS);
  if (shown.length === 0) return null;
  const byId = new Map(runs.map((run) => [run.id, run]));
  const values = shown.map((group) => finite(group.run_ids.map((id) => byId.get(id)?.value ?? null)));
  const wanted = shown.flatMap(({ interval }) => (interval ? [interval.low, interval.high] : []));
  const axis = axisOf(values.flat(), wanted);
  const joins = joinsOf(
    shown.map(({ key }) => key),
    pairs,
  );
  return {
    rows: shown.map((group, i) => ({
      ...rowOf(group, values[i] ?? [], { ...axis, inks }),
      joins: joinMarks(joins, i),
    })),
    ticks: axis.ticks.map(({ value, label }) => ({ place: axis.place(value), label })),
    omitted: shown.length < groups.length ? `${shown.length} of ${groups.length} groups` : null,
  };
}

/** Groups that were not tested keep their place after those that were. */
function inOrder(
  groups: readonly ComparedGroup[],
  { best_set, worse }: CompareResponse["verdict"],
): ComparedGroup[] {
  const order = [...best_set, ...worse.map(({ key }) => key)];
  const placeOf = ({ key }: ComparedGroup) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...groups].sort((a, b) => placeOf(a) - placeOf(b));
}

interface Axis {
  from: number;
  to: number;
  place: (value: number) => number;
  ticks: readonly { value: number; label: string }[];
}

/** Groups that far apart leave no room on a linear axis for the differences between all the others. */
const LOG_RATIO = 8;

function axisOf(values: readonly number[], wanted: readonly number[]): Axis {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const isLog = least > 0 && most / least >= LOG_RATIO;
  const on = (value: number) => (isLog ? Math.log(Math.max(value, Number.MIN_VALUE)) : value);
  const [low, high] = [on(least), on(most)];
  const room = (high - low || Math.abs(high) || 1) * ROOM;
  const start = Math.max(low - room, Math.min(low - room / 6, ...wanted.map(on)));
  const end = Math.min(high + room, Math.max(high + room / 6, ...wanted.map(on)));
  const [from, to] = isLog ? [Math.exp(start), Math.exp(end)] : [start, end];
  return {
    from,
    to,
    place: (value) => Math.min(1, Math.max(0, (on(value) - start) / (end - start))),
    ticks: isLog ? decades(from, to) : valueTicks(linearTicks(from, to, 4)),
  };
}

const MOST_TICKS = 5;

/** The panel is narrow: whole powers where finer ticks would collide. */
function decades(from: number, to: number): Axis["ticks"] {
  const ticks = logTicks(from, to, MOST_TICKS);
  const powers = ticks.filter((tick) => Number.isInteger(Number(Math.log10(tick).toFixed(9))));
  return logLabels(ticks.length > MOST_TICKS && powers.length > 1 ? powers : ticks.slice(0, MOST_TICKS));
}

interface Frame extends Pick<Axis, "from" | "to" | "place"> {
  inks: ReadonlyMap<string, string>;
}

function rowOf(
  group: ComparedGroup,
  values: readonly number[],
  { from, to, place, inks }: Frame,
): Omit<IntervalRow, "joins"> {
  const { interval } = group;
  return {
    key: group.key,
    label: group.label,
    css: inks.get(group.key) ?? "var(--muted)",
    mean: group.mean === null ? null : place(group.mean),
    interval: interval && { low: place(interval.low), high: place(interval.high) },
    cut: { low: (interval?.low ?? from) < from, high: (interval?.high ?? to) > to },
    dots: values.map(place),
    text: formatValue(group.mean),
    note: interval
      ? `${formatValue(interval.low)} … ${formatValue(interval.high)}`
      : `${plural(group.n, "run")}: no interval`,
  };
}

export interface TargetRow {
  readonly key: string;
  readonly label: string;
  readonly css: string;
  /** Share of the longest bar; null: the median run did not get there. */
  readonly share: number | null;
  readonly text: string;
  /** `4 of 5 · 3m 12s`. */
  readonly brief: string;
  /** The same in full. */
  readonly note: string;
}

/** Median steps to the target, the quickest first. Null without a target. */
export function presentTargets(
  { groups, target }: CompareResponse,
  inks: ReadonlyMap<string, string>,
): { rows: TargetRow[]; omitted: string | null } | null {
  if (target === null) return null;
  const logged = groups.filter((group) => group.target !== null && group.target.of > 0);
  const sorted = [...logged].sort(
    (a, b) => (a.target?.steps ?? Infinity) - (b.target?.steps ?? Infinity) || 0,
  );
  const longest = Math.max(1, ...logged.map((group) => group.target?.steps ?? 0));
  const rows = sorted.slice(0, MOST_GROUPS).map((group) => ({
    key: group.key,
    label: group.label,
    css: inks.get(group.key) ?? "var(--muted)",
    ...targetText(group, longest),
  }));
  return { rows, omitted: rows.length < groups.length ? `${rows.length} of ${groups.length} groups` : null };
}

function targetText(
  { target }: ComparedGroup,
  longest: number,
): Pick<TargetRow, "share" | "text" | "brief" | "note"> {
  if (target === null) return { share: null, text: NO_VALUE, brief: "", note: "" };
  const { steps, seconds, fastest, slowest } = target;
  const range =
    fastest === null || slowest === null || fastest === slowest
      ? null
      : `${formatCount(fastest)} to ${formatCount(slowest)}`;
  return {
    share: steps === null ? null : steps / longest,
    text: stepsText(target),
    brief: [countText(target), seconds === null ? null : timeText(target)].filter(Boolean).join(" · "),
    note: [seconds === null ? null : timeText(target), reachedText(target), range].filter(Boolean).join(", "),
  };
}

/** A run's place in tables: its first group's label. */
export const groupLabels = (groups: readonly ComparedGroup[], run: ComparedRun): string =>
  groups
    .filter(({ key }) => run.groups.includes(key))
    .map(({ label }) => label)
    .join(", ");
