import {
  type AuditReport,
  FAULT_CODES,
  type FaultCode,
  type Finding,
  type FindingParams,
  isFault,
  isNote,
} from "./report";

/** What a run's audit comes to: the code of its worst finding, or that there is none. */
export const VERDICTS = ["match", ...FAULT_CODES] as const;
export type Verdict = FaultCode | "match";

/** The fitted parameter that a verdict is said with. */
export type Figure = number | string | null;

export interface AuditVerdict {
  /** null: nothing was judged. */
  audit: Verdict | null;
  figure: Figure;
}

type Weighed = Pick<Finding, "code" | "from_step" | "to_step">;

/** Faults before notes, what covers most steps first. */
export function byWeight<F extends Weighed>(findings: readonly F[]): F[] {
  const length = ({ from_step, to_step }: F) => to_step - from_step;
  return [...findings].sort(
    (a, b) => Number(isNote(a.code)) - Number(isNote(b.code)) || length(b) - length(a),
  );
}

/** The fault that a run with such a report is known by; null when it has none. */
export function worstFault({ verdict, findings }: Pick<AuditReport, "verdict" | "findings">): Finding | null {
  const worst = verdict === "drift" ? byWeight(findings)[0] : undefined;
  return worst && isFault(worst.code) ? worst : null;
}

export function verdictOf(report: Pick<AuditReport, "verdict" | "findings">): AuditVerdict {
  const worst = worstFault(report);
  if (worst && isFault(worst.code)) return { audit: worst.code, figure: SHORT[worst.code].figure(worst) };
  return { audit: report.verdict === "match" ? "match" : null, figure: null };
}

/** The verdict in two or three words: `restarted`, `20× too fast`. */
export const verdictWords = (code: Verdict, figure: Figure): string =>
  code === "match" ? "match" : SHORT[code].words(figure);

/** The fault without its figure, as a group of runs that share it is called. */
export const faultName = (code: Verdict): string => verdictWords(code, null);

interface Short {
  /** Of what was fitted, what the words need. */
  figure: (finding: Pick<Finding, "params" | "from_step">) => Figure;
  words: (figure: Figure) => string;
}

const NOTHING = () => null;
const plainWords = (words: string): Short => ({ figure: NOTHING, words: () => words });

const SHORT: Readonly<Record<FaultCode, Short>> = {
  offset: {
    figure: ({ params }) => scalar(params.k),
    words: (k) => counted(k, Number(k) > 0 ? "ahead" : "behind", "shifted"),
  },
  time_scale: {
    figure: ({ params }) => scalar(params.N),
    words: (n) => times(n, "fast", "slow", "wrong pace"),
  },
  never_stepped: {
    figure: ({ params, from_step }) => (params.kind === "held" ? from_step : null),
    words: (since) => (since === null ? "never stepped" : "stopped moving"),
  },
  restarted: { figure: ({ params }) => scalar(params.restart_step), words: () => "restarted" },
  warmup_missing: plainWords("no warmup"),
  scaled: {
    figure: ({ params }) => scalar(params.factor),
    words: (factor) => times(factor, "high", "low", "scaled"),
  },
  clipped: {
    figure: ({ params }) => (params.floor === undefined ? "ceiling" : "floor"),
    words: (bound) => (bound === null ? "clipped" : `held at a ${bound}`),
  },
  parameter: {
    figure: ({ params }) => leafName(scalar(params.name)),
    words: (name) => `other ${name ?? "parameter"}`,
  },
  external_change: {
    figure: ({ params }) => scalar(params.factor),
    words: (factor) => (typeof factor === "number" ? `×${short(factor)} from outside` : "changed outside"),
  },
  plateau_mismatch: plainWords("other cuts"),
  lag: {
    figure: ({ params }) => scalar(params.k),
    words: (k) => counted(k, "behind", "lags behind"),
  },
  unexplained: plainWords("unexplained"),
};

const scalar = (param: FindingParams[string] | undefined): Figure =>
  typeof param === "number" || typeof param === "string" ? param : null;

/** `gamma` of `kwargs.gamma`, and the first of several that were changed together. */
const leafName = (name: Figure): Figure =>
  typeof name === "string" ? (name.split(" ")[0]?.split(".").at(-1) ?? name) : name;

const DIGITS = 3;
const short = (n: number): string => String(Number(n.toPrecision(DIGITS)));

function counted(steps: Figure, word: string, otherwise: string): string {
  if (typeof steps !== "number") return otherwise;
  const n = Math.abs(steps);
  return `${short(n)} ${n === 1 ? "step" : "steps"} ${word}`;
}

/** `20× too fast`; below one the other way round. */
function times(factor: Figure, above: string, below: string, otherwise: string): string {
  if (typeof factor !== "number" || !(factor > 0)) return otherwise;
  return factor >= 1 ? `${short(factor)}× too ${above}` : `${short(1 / factor)}× too ${below}`;
}
