import { isNative } from "@/lib/domain/schedules/declared";
import { apart, count, plain, rate } from "./figures";
import { fixes } from "./fixes";
import type { Problem } from "./problem";
import type { Explanation, FindingCode, FindingParams } from "./report";
import { timeScaleSentence } from "./time-scale-sentence";

type Sentence = (explanation: Explanation, problem: Problem) => string;

/** What a colleague would say, and how to mend it. */
export function sentences(
  explanation: Explanation,
  problem: Problem,
): { message: string; fix: string | null } {
  const { declared } = problem;
  return {
    message: SENTENCES[explanation.code](explanation, problem),
    fix: fixes(explanation, isNative(declared) ? null : declared),
  };
}

const SENTENCES: Readonly<Record<FindingCode, Sentence>> = {
  match: () => "The learning rate follows its schedule.",
  offset: ({ params }) => {
    const k = number(params.k);
    const epochs = number(params.epochs);
    const by =
      Number.isInteger(epochs) && epochs !== 0
        ? `${count(Math.abs(epochs), "epoch")} (${count(Math.abs(k), "step")})`
        : count(Math.abs(k), "step");
    return `The learning rate runs ${by} ${k > 0 ? "ahead of" : "behind"} its schedule, and is right otherwise.`;
  },
  time_scale: timeScaleSentence,
  never_stepped: ({ params, from }) =>
    params.kind === "held"
      ? `The learning rate stopped moving at step ${from} and has stayed at ${rate(number(params.lr))}: the scheduler was no longer being stepped.`
      : `The learning rate never moved from ${rate(number(params.lr))}: the schedule was declared, but the scheduler was never stepped.`,
  restarted: restartSentence,
  warmup_missing: ({ params }) =>
    `The declared warmup of ${count(number(params.warmup_steps), "step")} was not used: training started at the full learning rate, ${rate(number(params.lr))}.${WARMUP_REST[String(params.how)] ?? ""}`,
  scaled: scaledSentence,
  clipped: ({ params, from, to }) =>
    params.floor === undefined
      ? `The learning rate is held down to ${rate(number(params.ceiling))} where the schedule goes above it (steps ${from} to ${to}).`
      : `The learning rate does not go below ${rate(number(params.floor))}, though the schedule does (steps ${from} to ${to}).`,
  parameter: (explanation, problem) => {
    const { name, fitted, declared, default: byDefault } = explanation.params;
    const [found, meant] = values(fitted, declared);
    const instead = byDefault === true ? `the default, ${meant}` : meant;
    const where = stretch(explanation, problem);
    return `${where === "" ? "The" : `${where} the`} learning rate follows the declared schedule, but with ${String(name)} = ${found} instead of ${instead}${reached(explanation)}.`;
  },
  external_change: changeSentence,
  plateau_mismatch: plateauSentence,
  lag: ({ params, from }) =>
    params.changes === undefined
      ? `From step ${from} on the learning rate is ${count(number(params.k), "step")} behind its schedule: the scheduler went on from an older state.`
      : `The learning rate falls behind its schedule, by ${count(number(params.k), "step")} at the end: some updates did not advance the scheduler, as when a loss scaler skips them.`,
  averaged: ({ params }) =>
    params.since === "start"
      ? "The logged learning rate is the mean of all steps so far, not that of the step. The schedule itself was followed."
      : `The logged learning rate is the mean of the ${count(number(params.steps), "step")} since the point before, not that of the step. The schedule itself was followed.`,
  half_precision: ({ params }) =>
    `The learning rate was logged as a ${String(params.format)}, with ${String(params.digits)} digits. It follows its schedule as far as they tell.`,
  other_group: ({ params }, { declared }) =>
    `The logged learning rate is that of param group ${groupName(number(params.group), declared)}, counted from 0. It follows that group's schedule.`,
  rounded: ({ params }) => {
    const kept =
      params.decimals === undefined
        ? count(number(params.digits), "significant digit")
        : count(number(params.decimals), "decimal");
    return `The learning rate was logged with ${kept}. It follows its schedule as far as they tell.`;
  },
  past_end: ({ params }, { totalSteps }) => {
    const at = number(params.step);
    const steps = Math.max(totalSteps ?? 0, number(params.until));
    return `The declared schedule ends before the run: the library raises ${String(params.type)} at step ${at} (“${String(params.message)}”), and the run has ${count(steps, "step")}.`;
  },
  unjudged: unjudgedSentence,
  unexplained: ({ from, to }) =>
    from === to
      ? `At step ${from} the logged learning rate is not what the schedule says, and no mistake we know explains it.`
      : `From step ${from} to ${to} the logged learning rate is not what the schedule says, and no mistake we know explains it.`,
};

function groupName(index: number, declared: Problem["declared"]): string {
  const name = isNative(declared) && declared.kind === "groups" ? declared.groups[index]?.name : undefined;
  return name === undefined ? String(index) : `${index} (${name})`;
}

const WARMUP_REST: Readonly<Record<string, string>> = {
  skipped: " What follows the warmup began at once.",
  stretched: " What follows the warmup was stretched over the whole run.",
};

/** A scheduler with another number goes on from where the one before it was. */
const reached = ({ params }: Explanation): string =>
  params.from_lr === undefined
    ? ""
    : `, from the learning rate that it had reached, ${rate(number(params.from_lr))}`;

/** The steps of a diagnosis that is not of the whole run. */
function stretch({ from, to }: Explanation, { points }: Problem): string {
  const [first, last] = [points[0]?.step ?? from, points.at(-1)?.step ?? to];
  if (from > first && to < last) return `From step ${from} to ${to}`;
  if (from > first) return `From step ${from} on`;
  return to < last ? `Up to step ${to}` : "";
}

function restartSentence({ params }: Explanation): string {
  const at = number(params.restart_step);
  if (params.from_lr === undefined)
    return `At step ${at} the schedule started over from its beginning, as after a resume that did not load the scheduler's state.`;
  const rest = params.length === undefined ? "" : `, with ${count(number(params.length), "step")} to go`;
  return `At step ${at} the schedule started over from the learning rate that it had reached, ${rate(number(params.from_lr))}${rest}: the scheduler was rebuilt for an optimizer whose state was loaded.`;
}

function scaledSentence({ params }: Explanation): string {
  const [actual, declared] = apart(number(params.actual_lr), number(params.declared_lr));
  const step = number(params.step);
  const where = step > 0 ? `at step ${step} it is` : "it starts at";
  return `The learning rate is ${plain(number(params.factor), 6)} times the declared one throughout: ${where} ${actual} instead of ${declared}.`;
}

function changeSentence({ params, from, to }: Explanation, { points }: Problem): string {
  const until = to < (points.at(-1)?.step ?? to) ? ` until step ${to}` : "";
  const [before, after] = apart(number(params.from_lr), number(params.to_lr));
  const [declared, actual] = apart(number(params.declared_lr), number(params.to_lr));
  const leaves =
    actual === declared
      ? `From step ${from} on the learning rate leaves its schedule`
      : `At step ${from} the learning rate is ${actual}, where the schedule says ${declared}`;
  const moved =
    params.jump === true
      ? `At step ${from} the learning rate went from ${before} to ${after}, which neither the schedule nor a request from here asked for`
      : `${leaves}, and no request from here asked for it`;
  if (params.kind === "held") return `${moved}; it stayed there${until}.`;
  if (params.kind === "scaled")
    return `${moved}; it has followed the schedule times ${plain(number(params.factor), 6)} since${until}.`;
  return `${moved}; it went on from there${until}.`;
}

function unjudgedSentence({ params }: Explanation): string {
  const why =
    params.monitor === undefined
      ? "The declared rule follows a metric, but not one that is declared"
      : `The declared rule follows ${String(params.monitor)}, which was not logged`;
  const factor =
    params.factor === undefined
      ? ""
      : ` Every cut was by the declared factor, ${plain(number(params.factor), 6)}.`;
  return `${why}: whether the learning rate was cut when it should be cannot be judged.${factor}`;
}

function unruledSentence({ params, from }: Explanation, { points }: Problem): string {
  const [before, after] = apart(number(params.from_lr), number(params.to_lr));
  const moved =
    from === points[0]?.step
      ? `The learning rate starts at ${after} instead of ${before}`
      : `At step ${from} the learning rate went from ${before} to ${after}`;
  return `${moved}, which is no cut of the declared rule: that only multiplies it by ${plain(number(params.factor), 6)}.`;
}

/** "at steps 3, 9 and 4 more"; null: there is none. */
function cutsAt(
  steps: FindingParams[string] | undefined,
  total: FindingParams[string] | undefined,
): string | null {
  if (!Array.isArray(steps) || steps.length === 0) return null;
  const more = typeof total === "number" ? total - steps.length : 0;
  return `at step${steps.length === 1 ? "" : "s"} ${steps.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function cutsSentence({ params, from }: Explanation): string {
  const actual = cutsAt(params.actual_cuts, params.actual_count);
  const expected = cutsAt(params.expected_cuts, params.expected_count);
  if (actual === expected) {
    const [is, should] = apart(number(params.actual_lr), number(params.expected_lr));
    return `At step ${from} the learning rate is ${is}, where the declared rule on the monitored metric makes it ${should}.`;
  }
  const did = actual === null ? "was never cut" : `was cut ${actual}`;
  const should = expected === null ? "makes no cut" : `cuts ${expected}`;
  return `The learning rate ${did}; the declared rule on the monitored metric ${should}. They differ from step ${from} on.`;
}

function plateauSentence(explanation: Explanation, problem: Problem): string {
  const { params } = explanation;
  if (params.expected_cuts === undefined) return unruledSentence(explanation, problem);
  const said = cutsSentence(explanation);
  if (params.name === undefined) return said;
  const [fitted, declared] = values(params.fitted, params.declared);
  return `${said} The cuts do follow with ${String(params.name)} = ${fitted} instead of ${declared}.`;
}

const number = (param: FindingParams[string] | undefined): number =>
  typeof param === "number" ? param : Number.NaN;

const PARAMETER_DIGITS = 6;

/** Two values of a parameter, numbers or words. */
function values(a: unknown, b: unknown): [string, string] {
  return typeof a === "number" && typeof b === "number"
    ? apart(a, b, (n, digits = 0) => plain(n, Math.max(digits, PARAMETER_DIGITS)))
    : [String(a), String(b)];
}
