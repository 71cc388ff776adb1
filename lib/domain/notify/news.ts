import type { Finding } from "../audit/report";
import type { HealthNote } from "../health/note";

/** All kinds of news, in the order in which they are offered. */
export const NEWS_KINDS = ["recommended", "drifted", "diverged", "stalled", "finished"] as const;
export type NewsKind = (typeof NEWS_KINDS)[number];

/** The run that the news is about, as it stands when it is told. */
export interface NewsRun {
  id: string;
  name: string;
  status: string;
  last_step: number | null;
}

type Detail = string | number | number[] | null;

/** Something that happened to a run, in words and in figures. */
export interface News {
  event: NewsKind;
  /** Names what happened: the same thing is told once to a channel. */
  key: string;
  title: string;
  message: string;
  details: Record<string, Detail>;
}

/** One LR, or one per param group; null when not known. */
type Rates = number | readonly number[] | null;

interface Recommended {
  control_id: string;
  /** What the LR is multiplied with. */
  factor: number;
  /** The LR now and the one it leads to. */
  current: Rates;
  target: Rates;
  reason: string;
  expires_at: string;
}

/** A control request waits for a person. */
export function recommendedNews(run: NewsRun, found: Recommended): News {
  const { factor, current, target } = found;
  const rates = current !== null && target !== null ? `, from ${shown(current)} to ${shown(target)}` : "";
  return {
    event: "recommended",
    key: `recommended:${found.control_id}`,
    title: `${run.name}: a change of the LR waits for you`,
    message: `${sentence(found.reason)} Recommended: multiply the LR by ${brief(factor)}${rates}.`,
    details: {
      control_id: found.control_id,
      factor,
      current_lr: detail(current),
      lr: detail(target),
      reason: found.reason,
      expires_at: found.expires_at,
    },
  };
}

/** The actual LR parts from the schedule. Told once a run and kind of mistake. */
export function driftedNews(run: NewsRun, found: Finding): News {
  const { code, from_step, to_step, message, fix } = found;
  return {
    event: "drifted",
    key: `drifted:${run.id}:${code}`,
    title: `${run.name}: the LR drifts from its schedule`,
    message: fix === null ? message : `${message} ${fix}`,
    details: { code, from_step, to_step },
  };
}

export const divergedKey = (runId: string): string => `diverged:${runId}`;

/** The loss or the primary metric was lost, as its health note says. Told once a run. */
export function divergedNews(run: NewsRun, found: HealthNote): News {
  const { metric, from_step: step, message, evidence } = found;
  const value = found.code === "nan" ? "NaN" : String(evidence.end);
  return {
    event: "diverged",
    key: divergedKey(run.id),
    title: `${run.name} diverged`,
    message,
    details: { metric, step, value },
  };
}

/** One silence of a run: it ends with the next point. */
export const stalledKey = (runId: string, since: Date): string => `stalled:${runId}:${since.getTime()}`;

/** A running run has logged nothing for `minutes`. Told once for each time that it falls silent. */
export function stalledNews(run: NewsRun, since: Date, minutes: number): News {
  const at =
    run.last_step === null ? "It has not logged anything yet." : `Its last step is ${run.last_step}.`;
  return {
    event: "stalled",
    key: stalledKey(run.id, since),
    title: `${run.name} has been silent for ${minutes} ${minutes === 1 ? "minute" : "minutes"}`,
    message: `Nothing was logged since ${since.toISOString()}. ${at} The job may hang or be gone.`,
    details: { silent_since: since.toISOString(), minutes },
  };
}

interface Ended {
  started_at: Date;
  ended_at: Date;
  /** The project's primary metric in this run; null when it has none. */
  best: { metric: string; best: number; last: string | number } | null;
}

const ENDS: Record<string, string> = { finished: "finished", failed: "failed", killed: "was killed" };

/** The run ended, well or not. */
export function finishedNews(run: NewsRun, { started_at, ended_at, best }: Ended): News {
  const seconds = Math.max(0, (ended_at.getTime() - started_at.getTime()) / 1000);
  const step = run.last_step === null ? "" : ` at step ${run.last_step}`;
  const value = best === null ? "" : ` Best ${best.metric}: ${brief(best.best)}.`;
  return {
    event: "finished",
    key: `finished:${run.id}:${run.status}:${ended_at.getTime()}`,
    title: `${run.name} ${ENDS[run.status] ?? run.status}`,
    message: `It ended${step}, after ${lasted(seconds)}.${value}`,
    details: {
      status: run.status,
      ended_at: ended_at.toISOString(),
      seconds,
      ...(best ? { metric: best.metric, best: best.best, last: best.last } : {}),
    },
  };
}

const brief = (value: number): string => String(Number(value.toPrecision(4)));

const detail = (rates: Rates): Detail => (rates === null || typeof rates === "number" ? rates : [...rates]);

const shown = (rates: number | readonly number[]): string =>
  typeof rates === "number" ? brief(rates) : rates.map(brief).join(", ");

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

function lasted(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${Math.round(seconds)} s`;
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
