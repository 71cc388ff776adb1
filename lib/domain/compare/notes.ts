import type { Group, GroupSummary } from "./summary";
import type { Question } from "./verdict";
import { counted, listed } from "./words";

/** What a reader must know before believing the figures, a sentence each; nothing is left out silently. */
export function notesOn(
  groups: readonly Group[],
  summaries: readonly GroupSummary[],
  { metric, at }: Question,
): string[] {
  return [
    diverged(summaries),
    missing(summaries, metric),
    unfinished(summaries, at),
    lengths(summaries, at),
    shared(groups),
    pooled(groups),
  ].filter((note) => note !== null);
}

function diverged(summaries: readonly GroupSummary[]): string | null {
  const found = summaries.filter((group) => group.diverged > 0);
  if (found.length === 0) return null;
  const which = listed(found.map((group) => `${group.diverged} of ${group.runs} of ${group.label}`));
  return `Diverged: ${which}. Such a run has no number, so it is in no mean or interval; it counts as the worst in p and in the probability of improvement.`;
}

function missing(summaries: readonly GroupSummary[], metric: string): string | null {
  const total = sum(summaries.map((group) => group.missing));
  return total === 0
    ? null
    : `${counted(total, "run")} never logged ${metric} and ${total === 1 ? "is" : "are"} left out.`;
}

function unfinished(summaries: readonly GroupSummary[], at: Question["at"]): string | null {
  const total = sum(summaries.map((group) => group.unfinished));
  if (total === 0) return null;
  const stands = at === "final" ? "the last value so far" : "the best value so far";
  return `${counted(total, "run")} ${total === 1 ? "is" : "are"} unfinished or ended early: ${stands} stands in.`;
}

/** Runs of one length log their last value within a hundredth of it. */
const SAME_LENGTH = 0.01;

function lengths(summaries: readonly GroupSummary[], at: Question["at"]): string | null {
  const found = summaries.flatMap(({ steps }) => (steps ? [steps] : []));
  const [min, max] = [Math.min(...found.map((one) => one.min)), Math.max(...found.map((one) => one.max))];
  if (found.length === 0 || max - min <= SAME_LENGTH * max) return null;
  const own =
    at === "final"
      ? "each run's own last value is compared"
      : "longer runs had more chances for a best value";
  return `Runs differ in length, from step ${min} to step ${max}: ${own}.`;
}

function shared(groups: readonly Group[]): string | null {
  const ids = groups.flatMap(({ outcomes }) => outcomes.map(({ id }) => id));
  const total = ids.length - new Set(ids).size;
  return total === 0
    ? null
    : `${counted(total, "run")} ${total === 1 ? "is" : "are"} in several groups: a pair is compared without the runs that both hold.`;
}

function pooled(groups: readonly Group[]): string | null {
  const mixed = groups.filter(({ outcomes }) => new Set(outcomes.map(({ project }) => project)).size > 1);
  return mixed.length === 0
    ? null
    : `Groups hold runs of several projects, whose values may not be on one scale: trust the ranking by project more than the means.`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
