import { type DeclaredSchedule, isNative } from "@/lib/domain/schedules/declared";
import { type Fit, isExact, judge, ranked } from "./candidate";
import { dampenedDecay } from "./dampened";
import { fastaiSpecs } from "./fastai";
import { fallingModels } from "./falling";
import { joined } from "./joined";
import { fitModel } from "./model";
import { periodicModels } from "./periodic";
import { isRound } from "./roundness";
import { isMonotone, isRounded, restFrom, riseEnd, type Series, seriesOf } from "./series";
import {
  commonEpoch,
  MOST_STAIRS,
  nextDrop,
  sparseEpoch,
  stairSpecs,
  stairsOf,
  type Stairs,
} from "./staircase";
import { unevenSteps } from "./uneven-steps";
import { warmedDecay } from "./warmed-decay";
import { risesFromZero, withWarmup } from "./warmup";
import { begunCosine, stableThenDecay } from "./wsd";

/** All that comes near the log, up to the first that is as good as exact: the simplest is tried first. */
export function explain(series: Series, stepsPerEpoch: number | null): Fit[] {
  const fits = inOurWords(series, stepsPerEpoch);
  if (fits.some(isTold)) return fits;
  return [...fits, ...fastaiSpecs(series, fits).map((spec) => judge(spec, series))];
}

function inOurWords(series: Series, stepsPerEpoch: number | null): Fit[] {
  const asStairs = inSteps(series, stepsPerEpoch);
  if (asStairs.some((fit) => isExact(fit) && !isTable(fit))) return asStairs;
  const rise = riseEnd(series);
  const led = risesFromZero(series, rise) ? withWarmup(series, mainFits, rise) : [];
  if (led.some(isTold)) return [...asStairs, ...led];
  // A log that rises and falls is rarely one family; that takes longest to find out.
  const whole = rise === 0 || isMonotone(series) ? mainFits(series) : modelFits(series);
  const known = [...asStairs, ...whole];
  if (known.some((fit) => isTold(fit) && (rise === 0 || isPlain(fit.spec)))) return known;
  const warmed = [
    ...warmedDecay(series).map((spec) => judge(spec, series)),
    ...(led.length > 0 ? led : withWarmup(series, mainFits, rise)),
  ];
  if (warmed.some(isExact) || known.some((fit) => isExact(fit) && !isTable(fit)))
    return [...known, ...warmed];
  return [...known, ...warmed, ...joined(series)];
}

/** As what moves at some steps alone: stairs, epochs, drops that come unevenly. */
function inSteps(series: Series, stepsPerEpoch: number | null): Fit[] {
  const stairs = stairsOf(series);
  const epoch = stairs ? null : sparseEpoch(series, stepsPerEpoch);
  return [
    ...(stairs ? stairFits(series, stairs, stepsPerEpoch) : []),
    ...(epoch === null ? [] : perEpoch(series, epoch)),
    ...unevenSteps(series).map((spec) => judge(spec, series)),
  ];
}

/** In our own words and round numbers: no warmup in front of another is simpler. */
const isPlain = (spec: DeclaredSchedule): boolean => isNative(spec) && isRound(spec);

const isTable = ({ spec }: Fit) => isNative(spec) && spec.kind === "piecewise";

/** Stretches that a person may have written down one by one. */
const FEW = 8;

/** A list of values that says nothing of a rule. */
export const isLongTable = ({ spec }: Fit): boolean =>
  isNative(spec) && spec.kind === "piecewise" && spec.values.length > FEW;

/** As good as exact, and more than a list. */
const isTold = (fit: Fit): boolean => isExact(fit) && !isLongTable(fit);

function stairFits(series: Series, stairs: Stairs, stepsPerEpoch: number | null): Fit[] {
  const fits: Fit[] = [
    ...stairSpecs(stairs).map((spec) => judge(spec, series)),
    ...nextDrop(stairs).map((spec) => ({ ...judge(spec, series), guessed: true })),
  ];
  if (fits.some((fit) => isExact(fit) && !isTable(fit))) return fits;
  const epoch = commonEpoch(stairs, stepsPerEpoch);
  if (epoch === null) return fits;
  const outer = perEpoch(series, epoch);
  return stairs.boundaries.length >= MOST_STAIRS || outer.length > 0 ? [...fits, ...outer] : fits;
}

/** Schedules that move once an epoch. */
const perEpoch = (series: Series, epoch: number): Fit[] =>
  ranked(explain(byEpoch(series, epoch), null))
    .slice(0, 4)
    .flatMap(({ spec }) =>
      isNative(spec) && spec.kind !== "per_epoch"
        ? [judge({ kind: "per_epoch", spec, steps_per_epoch: epoch }, series)]
        : [],
    );

/** The LR of each epoch, counted in epochs. */
function byEpoch(series: Series, epoch: number): Series {
  const first = new Map<number, number>();
  for (const [i, step] of series.steps.entries()) {
    const index = Math.floor(step / epoch);
    if (!first.has(index)) first.set(index, series.lrs[i] ?? 0);
  }
  return seriesOf([...first.keys()], [...first.values()], series);
}

/** Everything that needs no warmup in front. */
function mainFits(series: Series): Fit[] {
  const stairs = stairsOf(series);
  const fits = stairs ? stairSpecs(stairs).map((spec) => judge(spec, series)) : [];
  return fits.some(isTold) ? fits : [...fits, ...modelFits(series)];
}

/** Whether several families may look the same so far and part later: of a rounded log under way. All are to be named. */
const maySeveral = (series: Series): boolean =>
  isRounded(series) && isMonotone(series) && restFrom(series) === series.lrs.length;

function modelFits(series: Series): Fit[] {
  const fits: Fit[] = [];
  const several = maySeveral(series);
  const models = [
    ...fallingModels(series),
    ...periodicModels(series),
    ...stableThenDecay(series),
    ...begunCosine(series),
    ...dampenedDecay(series),
  ];
  for (const model of models) {
    const fit = fitModel(model, series);
    if (fit) fits.push(fit);
    if (fit && isExact(fit) && !several) break;
  }
  return fits;
}
