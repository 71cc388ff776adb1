import type { Pair } from "./pair";
import { isShown } from "./shown";
import type { MoreSeeds, Standing, Worse } from "./standing";
import type { GroupSummary } from "./summary";
import { counted, listed, numbersFor } from "./words";

interface Asked {
  metric: string;
  mode: "min" | "max";
  at: "final" | "best";
  baseline: string | null;
}

/** Of three groups or more, with a spread to judge differences by. */
export const isRanked = (groups: readonly GroupSummary[], pairs: readonly Pair[]): boolean =>
  groups.length > 2 && pairs.some(({ interval }) => interval !== null);

const MOST_NAMED = 6;
/** More differences with their intervals make no sentence: the table of pairs has them. */
const MOST_DETAILED = 3;

const named = (keys: readonly string[], labels: ReadonlyMap<string, string>): string => {
  const names = keys.map((key) => labels.get(key) ?? key);
  const rest = names.length - MOST_NAMED;
  return rest > 1 ? listed([...names.slice(0, MOST_NAMED), `${rest} others`]) : listed(names);
};

const are = (keys: readonly string[]): string => (keys.length === 1 ? "is" : "are");

/** Which groups may be best, which are worse and by how much; or how each stands to the baseline. */
export function rankedText(
  groups: readonly GroupSummary[],
  pairs: readonly Pair[],
  standing: Standing,
  asked: Asked,
): string {
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  const clauses =
    asked.baseline === null
      ? [
          leadText(groups, standing, asked),
          doubtText(standing, labels),
          ...worseTexts(standing.worse, labels),
        ]
      : againstTexts(pairs, asked.baseline, labels);
  const start = asked.baseline === null ? "" : `By ${asked.at} ${asked.metric}, `;
  return `${start}${clauses.filter((clause) => clause !== "").join("; ")}.`;
}

function leadText(
  groups: readonly GroupSummary[],
  { best_set, doubtful }: Standing,
  { metric, mode, at }: Asked,
): string {
  const near = groups.filter(({ key }) => best_set.includes(key) && !doubtful.includes(key));
  const means = near.map(({ mean }) => mean ?? 0);
  const [best = 0, last = best] = [means[0], means.at(-1)];
  const width = near[0]?.interval ? near[0].interval.high - near[0].interval.low : last - best;
  const number = numbersFor(width);
  const labels = new Map(near.map(({ key, label }) => [key, label]));
  const names = named([...labels.keys()], labels);
  if (near.length === 1)
    return `${names} has the ${mode === "min" ? "lowest" : "highest"} mean ${at} ${metric}, ${number(best)}`;
  const spanned = best === last ? `mean ${number(best)}` : `means ${number(best)} to ${number(last)}`;
  return `${names} cannot be told apart by ${at} ${metric}, ${spanned}`;
}

const doubtText = ({ doubtful }: Standing, labels: ReadonlyMap<string, string>): string =>
  doubtful.length === 0 ? "" : `${named(doubtful, labels)} ${are(doubtful)} not shown to be worse`;

/** `exp is worse than one-cycle, by 0.037 (0.021 … 0.053)`. */
function worseTexts(worse: readonly Worse[], labels: ReadonlyMap<string, string>): string[] {
  const betters = [...new Set(worse.map(({ than }) => than))];
  return betters.map((than) => {
    const found = worse.filter((one) => one.than === than);
    const keys = found.map(({ key }) => key);
    if (found.length > MOST_DETAILED)
      return `${named(keys, labels)} are worse than ${labels.get(than)}, ${spanOf(found)}`;
    const [only] = found;
    if (found.length === 1 && only)
      return `${labels.get(only.key)} is worse than ${labels.get(than)}, by ${amountOf(only)}`;
    const each = found.map((one) => `${labels.get(one.key)} by ${amountOf(one)}`);
    return `worse than ${labels.get(than)}: ${listed(each)}`;
  });
}

function spanOf(differing: readonly Pick<Pair, "difference">[]): string {
  const sizes = differing.map(({ difference }) => Math.abs(difference ?? 0));
  const number = numbersFor(Math.min(...sizes));
  return `by ${number(Math.min(...sizes))} to ${number(Math.max(...sizes))}`;
}

function againstTexts(
  pairs: readonly Pair[],
  baseline: string,
  labels: ReadonlyMap<string, string>,
): string[] {
  const name = labels.get(baseline) ?? baseline;
  const better = pairs.filter((pair) => isShown(pair) && pair.b === baseline);
  const worse = pairs.filter((pair) => isShown(pair) && pair.a === baseline);
  const open = pairs.filter((pair) => !isShown(pair)).map(({ a, b }) => (a === baseline ? b : a));
  const told = (found: readonly Pair[], word: string, keyOf: (pair: Pair) => string): string => {
    if (found.length === 0) return "";
    if (found.length > MOST_DETAILED)
      return `${named(found.map(keyOf), labels)} are ${word} than ${name}, ${spanOf(found)}`;
    const each = found.map((pair) => `${labels.get(keyOf(pair))} by ${amountOf(pair)}`);
    return `${word} than ${name}: ${listed(each)}`;
  };
  const shown = open.filter((key) => labels.has(key));
  return [
    told(better, "better", ({ a }) => a),
    shown.length === 0 ? "" : `${named(shown, labels)} cannot be told apart from ${name}`,
    told(worse, "worse", ({ b }) => b),
  ];
}

/** Without sign: the words beside it say which way. */
function amountOf({ difference, interval }: Pick<Pair, "difference" | "interval">): string {
  const size = Math.abs(difference ?? 0);
  const number = numbersFor(interval && interval.high > interval.low ? interval.high - interval.low : size);
  if (!interval) return number(size);
  const [low = 0, high = 0] = [interval.low, interval.high].map(Math.abs).sort((x, y) => x - y);
  return `${number(size)} (${number(low)} … ${number(high)})`;
}

/** How many more runs would tell the rest from the best, or from the baseline, the fewest first; empty when there is nothing to tell. */
export function moreSeedsText(
  more: readonly MoreSeeds[],
  groups: readonly GroupSummary[],
  baseline: string | null,
): string {
  const labels = new Map(groups.map(({ key, label }) => [key, label]));
  const soon = more.flatMap(({ key, seeds }) => (seeds === null ? [] : [{ key, seeds }]));
  const late = more.filter(({ seeds }) => seeds === null).map(({ key }) => key);
  const first = Math.min(...soon.map(({ seeds }) => seeds));
  const last = Math.max(...soon.map(({ seeds }) => seeds));
  const nearest = soon.filter(({ seeds }) => seeds === first).map(({ key }) => key);
  const other = baseline === null ? "the best" : (labels.get(baseline) ?? baseline);
  const stay = "If means and spreads stay as they are";
  if (more.length === 0) return "";
  if (soon.length === 0)
    return `${stay}, more than 100 further runs a group would be needed to tell ${named(late, labels)} from ${other}.`;
  const all = late.length === 0 ? "all others" : `all but ${named(late, labels)}`;
  const then = last > first ? `, and ${last} tell ${all}` : "";
  return `${stay}, about ${counted(first, "more run")} a group would tell ${named(nearest, labels)} from ${other}${then}.`;
}
