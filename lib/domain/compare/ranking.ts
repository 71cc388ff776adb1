import { percentileInterval } from "../stats/bootstrap";
import { mean } from "../stats/mean";
import { midRanks } from "../stats/mid-ranks";
import { type Random, randomIndex, seededRandom } from "../stats/random";
import type { Mode } from "./mode";
import { withDiverged } from "./outcome";
import { type Group, LEVEL, SEED } from "./summary";

export interface Ranking {
  /** The projects in which every ranked group has a run. */
  projects: string[];
  items: {
    key: string;
    /** 1 is best. */
    average_rank: number;
    /** 95 %, resampling the runs of each group within each project; null when no group has a second run to draw. */
    interval: { low: number; high: number } | null;
    /** In the order of `projects`. */
    ranks: number[];
  }[];
  /** Groups that lack a run in one of the projects. */
  left_out: string[];
}

const RESAMPLES = 1999;

/** By project, then by group: the values of its runs. */
type Cells = readonly (readonly (readonly number[])[])[];

/**
 * Ranks the groups within each project by their mean and averages over the projects; the interval is a stratified
 * bootstrap over runs, as for the average rank in Agarwal et al. 2021 (arXiv 2108.13264, section 4). A project in which
 * fewer than two groups have runs ranks nothing; `null` with fewer than two projects left.
 */
export function rankGroups(groups: readonly Group[], mode: Mode): Ranking | null {
  const all = [...new Set(groups.flatMap(({ outcomes }) => outcomes.map(({ project }) => project)))].sort();
  const valuesIn = (group: Group, project: string) =>
    withDiverged(
      group.outcomes.filter((outcome) => outcome.project === project),
      mode,
    ).sort((a, b) => a - b);
  const projects = all.filter(
    (project) => groups.filter((group) => valuesIn(group, project).length > 0).length > 1,
  );
  const ranked = groups.filter((group) => projects.every((project) => valuesIn(group, project).length > 0));
  if (projects.length < 2 || ranked.length < 2) return null;
  const cells = projects.map((project) => ranked.map((group) => valuesIn(group, project)));
  const observed = cells.map((row) => ranksOf(row, mode));
  const resampled = resample(cells, mode);
  const items = ranked.map((group, i) => {
    const own = resampled.map((averages) => averages[i] ?? Number.NaN);
    const interval = own.length === 0 ? null : percentileInterval(own, LEVEL);
    const ranks = observed.map((row) => row[i] ?? Number.NaN);
    return {
      key: group.key,
      average_rank: mean(ranks),
      interval: interval && { low: interval.low, high: interval.high },
      ranks,
    };
  });
  return {
    projects,
    items: items.sort((a, b) => a.average_rank - b.average_rank),
    left_out: groups.filter((group) => !ranked.includes(group)).map(({ key }) => key),
  };
}

function ranksOf(row: readonly (readonly number[])[], mode: Mode): number[] {
  return midRanks(row.map((values) => (mode === "min" ? mean(values) : -mean(values))));
}

/** The average rank of every group, once a resample; nothing when no cell has two runs. */
function resample(cells: Cells, mode: Mode): number[][] {
  if (cells.every((row) => row.every((values) => values.length < 2))) return [];
  const random = seededRandom(SEED);
  return Array.from({ length: RESAMPLES }, () => {
    const ranks = cells.map((row) =>
      ranksOf(
        row.map((values) => draw(values, random)),
        mode,
      ),
    );
    return (ranks[0] ?? []).map((_, i) => mean(ranks.map((row) => row[i] ?? Number.NaN)));
  });
}

const draw = (values: readonly number[], random: Random): number[] =>
  values.map(() => values[randomIndex(random, values.length)] ?? Number.NaN);
