import { isNative } from "@/lib/domain/schedules/declared";
import { fixes } from "./fixes";
import type { Problem } from "./problem";
import type { Explanation, FindingCode, FindingParams } from "./report";

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
  time_scale: ({ params }, { curve, length }) => timeScaleSentence(params, curve.unit, length),
  never_stepped: ({ params, from }) =>
    params.kind === "held"
      ? `The learning rate stopped moving at step ${from} and has stayed at ${rate(params.lr)}: the scheduler was not stepped any more.`
      : `The learning rate never moved from ${rate(params.lr)}: the schedule was declared, but the scheduler was never stepped.`,
  restarted: ({ params }) =>
    `At step ${number(params.restart_step)} the schedule started over from its beginning, as after a resume that did not load the scheduler's state.`,
  warmup_missing: ({ params }) =>
    `The declared warmup of ${count(number(params.warmup_steps), "step")} was not used: training started at the full learning rate, ${rate(params.lr)}.${WARMUP_REST[String(params.how)] ?? ""}`,
  scaled: ({ params }) =>
    `The learning rate is ${plain(params.factor)} times the declared one throughout: it starts at ${rate(params.actual_lr)} instead of ${rate(params.declared_lr)}.`,
  clipped: ({ params, from, to }) =>
    params.floor === undefined
      ? `The learning rate is held down to ${rate(params.ceiling)} where the schedule goes above it (steps ${from} to ${to}).`
      : `The learning rate does not go below ${rate(params.floor)}, though the schedule does (steps ${from} to ${to}).`,
  parameter: ({ params }) =>
    `The learning rate follows the declared schedule, but with ${String(params.name)} = ${value(params.fitted)} instead of ${value(params.declared)}.`,
  external_change: changeSentence,
  plateau_mismatch: plateauSentence,
  lag: ({ params, from }) =>
    params.changes === undefined
      ? `From step ${from} on the learning rate is ${count(number(params.k), "step")} behind its schedule: the scheduler went on from an older state.`
      : `The learning rate falls behind its schedule, by ${count(number(params.k), "step")} at the end: some updates did not advance the scheduler, as when a loss scaler skips them.`,
  unexplained: ({ from, to }) =>
    `From step ${from} to ${to} the logged learning rate is not what the schedule says, and no mistake we know explains it.`,
};

const WARMUP_REST: Readonly<Record<string, string>> = {
  skipped: " What follows the warmup began at once.",
  stretched: " What follows the warmup was stretched over the whole run.",
};

function timeScaleSentence(params: FindingParams, unit: number, length: number | null): string {
  const n = number(params.N);
  const ends =
    length === null
      ? ""
      : ` It reaches the end of its schedule at step ${Math.round(length / n)} instead of ${Math.round(length)}.`;
  switch (params.cadence) {
    case "per_batch":
      if (n !== unit)
        return `The scheduler was stepped ${count(n / unit, "time")} per batch instead of once per epoch, ${plain(n)} times too often.${ends}`;
      return `The schedule advanced with every batch instead of every epoch, ${plain(n)} times too fast.${ends}`;
    case "per_epoch":
      return `The schedule advanced with every epoch instead of every batch, ${plain(1 / n)} times too slowly.${ends}`;
    case "seldom":
      return `The schedule advanced only once every ${plain(1 / n)} ${unit > 1 ? "epochs" : "steps"}, as when gradients are accumulated but the schedule counts batches.${ends}`;
    default:
      return `The schedule advanced ${plain(n)} times per ${unit > 1 ? "epoch" : "step"}, as when ${plain(n)} processes step one scheduler, or step() is called ${n === 2 ? "twice" : "several times"}.${ends}`;
  }
}

function changeSentence({ params, from, to }: Explanation, { points }: Problem): string {
  const until = to < (points.at(-1)?.step ?? to) ? ` until step ${to}` : "";
  const moved = `At step ${from} the learning rate went from ${rate(params.from_lr)} to ${rate(params.to_lr)}, which neither the schedule nor a request from here asked for`;
  if (params.kind === "held") return `${moved}; it stayed there${until}.`;
  if (params.kind === "scaled")
    return `${moved}; it has followed the schedule times ${plain(params.factor)} since${until}.`;
  return `${moved}; it went on from there${until}.`;
}

function plateauSentence({ params, from }: Explanation): string {
  const cuts = (steps: unknown) =>
    Array.isArray(steps) && steps.length > 0
      ? `at step${steps.length === 1 ? "" : "s"} ${steps.join(", ")}`
      : "never";
  const said = `The learning rate was cut ${cuts(params.actual_cuts)}; the declared rule on the monitored metric cuts ${cuts(params.expected_cuts)}. They part from step ${from} on.`;
  return params.name === undefined
    ? said
    : `${said} The cuts do follow with ${String(params.name)} = ${value(params.fitted)} instead of ${value(params.declared)}.`;
}

const number = (param: unknown): number => (typeof param === "number" ? param : Number.NaN);

const count = (n: number, noun: string) => `${plain(n)} ${noun}${n === 1 ? "" : "s"}`;

const plain = (param: unknown): string => String(Number(number(param).toPrecision(4)));

const value = (param: unknown): string =>
  typeof param === "number" ? String(Number(param.toPrecision(6))) : String(param);

/** An LR in few digits: 0.1, 0.005, 3e-4. */
function rate(param: unknown): string {
  const lr = number(param);
  if (lr === 0 || Math.abs(lr) >= 1e-3) return String(Number(lr.toPrecision(4)));
  return Number(lr.toPrecision(4)).toExponential();
}
