import { rounded } from "./peak-lr";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { isAdaptive, schedulesItself, type Lengths, type Question } from "./question";
import type { SourceId } from "./sources";

/** A schedule that may be suggested. */
export interface Candidate {
  id: string;
  title: string;
  schedule: ScheduleSpec;
  /** 0 to 100: how well it fits the question. Those at 0 are left out. */
  fit: number;
  reasons: string[];
  sources: SourceId[];
}

/** What the rules go by. */
export interface Setting {
  question: Question;
  lengths: Lengths;
  peak: number;
  warmup: { steps: number; reason: string; sources: SourceId[] };
}

type Rule = (setting: Setting) => Candidate;

/** A length to draw open-ended suggestions with, of which the warmup is a tenth at the most. */
const OPEN_EPOCHS = 90;
const totalOf = ({ lengths, warmup }: Setting): number =>
  lengths.total ?? Math.max(lengths.per_epoch * OPEN_EPOCHS, warmup.steps * 10);
const epochsOf = (setting: Setting): number => totalOf(setting) / setting.lengths.per_epoch;
const isOpen = ({ lengths }: Setting): boolean => lengths.total === null;
const isTransformer = ({ question }: Setting): boolean => /transformer/.test(question.architecture);
const isFineTuning = ({ question }: Setting): boolean => question.start === "fine_tune";

/** A warmup in front, and what is left for the rest. */
function warmed(setting: Setting, rest: (steps: number) => ScheduleSpec): ScheduleSpec {
  const { steps } = setting.warmup;
  const then = rest(Math.max(1, totalOf(setting) - steps));
  return steps > 0 ? { kind: "warmup", shape: "linear", steps, start_factor: 0, then } : then;
}

const withWarmup = ({ warmup }: Setting, reasons: string[], sources: SourceId[]) => ({
  reasons: warmup.steps > 0 ? [...reasons, warmup.reason] : reasons,
  sources: warmup.steps > 0 ? [...sources, ...warmup.sources] : sources,
});

const score = (...parts: readonly (readonly [when: boolean, points: number])[]): number =>
  Math.max(0, Math.min(100, 50 + parts.reduce((sum, [when, points]) => sum + (when ? points : 0), 0)));

const paceSource = ({ optimizer }: Question): SourceId =>
  optimizer === "schedule_free" ? "defazio2024" : optimizer === "prodigy" ? "mishchenko2024" : "defazio2023";

const scheduleFree: Rule = (setting) => ({
  id: "constant",
  title: setting.warmup.steps > 0 ? "Warmup, then constant" : "Constant",
  schedule: warmed(setting, () => ({ kind: "constant", value: setting.peak })),
  fit: score(
    [schedulesItself(setting.question.optimizer), 50],
    [!schedulesItself(setting.question.optimizer), -50],
  ),
  ...withWarmup(
    setting,
    [
      setting.question.optimizer === "schedule_free"
        ? "Schedule-free optimizers average the weights instead of decaying the LR. Try 1 to 10 times the usual LR."
        : "The optimizer finds the step size itself, so there is nothing left to schedule.",
    ],
    [paceSource(setting.question)],
  ),
});

const cosine: Rule = (setting) => {
  const language = setting.question.architecture === "transformer" && !isFineTuning(setting);
  const floor = language ? rounded(setting.peak / 10) : 0;
  return {
    id: "warmup-cosine",
    title: `${setting.warmup.steps > 0 ? "Warmup + cosine" : "Cosine"} to ${language ? "10 %" : "zero"}`,
    schedule: warmed(setting, (steps) => ({ kind: "cosine", peak: setting.peak, floor, steps })),
    fit: score(
      [true, 25],
      [isTransformer(setting) && !isFineTuning(setting), 10],
      [isOpen(setting), -45],
      [setting.question.optimizer === "prodigy", 10],
    ),
    ...withWarmup(
      setting,
      [
        "A cosine over exactly the length of the training does well on nearly everything and has no cuts to place.",
        ...(language ? ["Language models are usually decayed to a tenth of the peak."] : []),
      ],
      language ? ["brown2020", "hoffmann2022", "loshchilov2017"] : ["loshchilov2017", "he2019"],
    ),
  };
};

const linear: Rule = (setting) => ({
  id: "warmup-linear",
  title: `${setting.warmup.steps > 0 ? "Warmup + linear" : "Linear"} to zero`,
  schedule: warmed(setting, (steps) => ({ kind: "linear", from: setting.peak, to: 0, steps })),
  fit: score(
    [isTransformer(setting), 25],
    [isTransformer(setting) && isFineTuning(setting), 20],
    [isOpen(setting), -45],
  ),
  ...withWarmup(
    setting,
    isFineTuning(setting)
      ? ["The way BERT-like models are fine-tuned."]
      : ["Straight to zero beats a decay to 10 % for language models that see enough data for their size."],
    isFineTuning(setting) ? ["devlin2019"] : ["bergsma2025"],
  ),
});

const COOLDOWN = 0.2;

const wsd: Rule = (setting) => {
  const total = totalOf(setting);
  const decay = Math.max(1, Math.round(total * COOLDOWN));
  const { steps: warmup } = setting.warmup;
  return {
    id: "wsd",
    title: "Warmup-stable-decay",
    schedule: {
      kind: "wsd",
      peak: setting.peak,
      floor: 0,
      warmup,
      stable: Math.max(0, total - warmup - decay),
      decay,
      shape: "1-sqrt",
    },
    fit: score(
      [isOpen(setting), 40],
      [isTransformer(setting), 15],
      [isFineTuning(setting), -35],
      [setting.question.architecture === "cnn", -10],
    ),
    ...withWarmup(
      setting,
      [
        isOpen(setting)
          ? `The length is open: stay at the peak, and branch off a cooldown of a fifth whenever a model is wanted. The lengths here stand for ${total} steps.`
          : "As good as a cosine, and the training can be extended from before the cooldown.",
      ],
      ["hagele2024", "hu2024"],
    ),
  };
};

/** Fewer steps than this are no three phases of a OneCycleLR. */
const LEAST_CYCLE = 20;

const oneCycle: Rule = (setting) => {
  const epochs = epochsOf(setting);
  return {
    id: "one-cycle",
    title: "One-cycle",
    schedule: {
      kind: "one_cycle",
      max_lr: setting.peak,
      total_steps: totalOf(setting),
      pct_start: 0.3,
    },
    fit: score(
      [setting.question.architecture === "cnn" || setting.question.architecture === "mlp", 15],
      [epochs <= 50, 15],
      [totalOf(setting) < LEAST_CYCLE, -100],
      [isOpen(setting), -50],
      [isFineTuning(setting), -25],
      [isTransformer(setting), -25],
    ),
    reasons: [
      `${epochs <= 50 ? "The budget is short: one" : "One"} large rise and fall reaches a good model in fewer epochs. Find the peak with a range test; up to several times this one may work.`,
    ],
    sources: ["smithTopin2018", "smith2017"],
  };
};

const steps: Rule = (setting) => ({
  id: "step",
  title: "Step decay",
  schedule: {
    kind: "multi_step",
    peak: setting.peak,
    milestones: [1, 2].map((third) => Math.round((totalOf(setting) * third) / 3)),
    gamma: 0.1,
  },
  fit: score(
    [setting.question.architecture === "cnn" && !isAdaptive(setting.question.optimizer), 20],
    [epochsOf(setting) < 30, -30],
    [isTransformer(setting), -40],
    [isOpen(setting), -40],
    [isFineTuning(setting), -20],
  ),
  reasons: [
    "A tenth at a third and at two thirds of the training. ResNet's cuts came when the error stalled; most who trained it since cut at 30 and 60 of 90 epochs, and some once more.",
  ],
  sources: ["he2016", "goyal2017"],
});

const restarts: Rule = (setting) => ({
  id: "sgdr",
  title: "Cosine restarts, three cycles",
  schedule: {
    kind: "cosine_restarts",
    peak: setting.peak,
    floor: 0,
    T_0: Math.max(1, Math.ceil(totalOf(setting) / 7)),
    T_mult: 2,
  },
  fit: score(
    [setting.question.architecture === "cnn", 10],
    [epochsOf(setting) < 14, -30],
    [isTransformer(setting), -30],
    [isOpen(setting), -20],
    [isFineTuning(setting), -25],
  ),
  reasons: [
    "Cycles of one, two and four parts of the budget: a good model at the end of each, for snapshots or an early stop.",
  ],
  sources: ["loshchilov2017"],
});

const inverseSqrt: Rule = (setting) => ({
  id: "inverse-sqrt",
  title: "Inverse square root",
  schedule: { kind: "inverse_sqrt", peak: setting.peak, warmup: Math.max(1, setting.warmup.steps) },
  fit: score(
    [setting.question.architecture === "transformer", 10],
    [isOpen(setting), 15],
    [!isTransformer(setting), -40],
    [isFineTuning(setting), -35],
  ),
  reasons: [
    "Needs no length: it goes on falling slowly for as long as the training lasts.",
    setting.warmup.reason,
  ],
  sources: ["vaswani2017", ...setting.warmup.sources],
});

const plateau: Rule = (setting) => ({
  id: "plateau",
  title: "Reduce on plateau",
  schedule: {
    kind: "reduce_on_plateau",
    peak: setting.peak,
    monitor: "val/loss",
    mode: "min",
    factor: 0.5,
    patience: 5,
  },
  fit: score(
    [isOpen(setting), 30],
    [setting.question.architecture === "rnn" || setting.question.architecture === "mlp", 15],
    [isTransformer(setting), -20],
    [!isOpen(setting), -15],
  ),
  reasons: [
    "Follows the validation loss instead of a plan, so no length is needed; it needs a validation every epoch.",
  ],
  sources: [],
});

/** Every rule's schedule for a setting, the best fit first. */
export function candidates(setting: Setting): Candidate[] {
  const rules = [scheduleFree, cosine, linear, wsd, oneCycle, steps, restarts, inverseSqrt, plateau];
  // Where the optimizer sets its own pace, a decay is a matter of taste at best.
  const penalty = schedulesItself(setting.question.optimizer) ? 45 : 0;
  return rules
    .map((rule) => rule(setting))
    .map((found) => ({ ...found, fit: found.id === "constant" ? found.fit : found.fit - penalty }))
    .filter(({ fit }) => fit > 20)
    .sort((a, b) => b.fit - a.fit);
}
