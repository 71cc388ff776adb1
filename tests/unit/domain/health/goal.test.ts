import { describe, expect, test } from "vitest";
import { isReward, judgedLoss, type Primary } from "@/lib/domain/health/goal";
import { judgeHealth } from "@/lib/domain/health/judge";
import { findLossKeys } from "@/lib/domain/health/loss-keys";
import type { LossPoint } from "@/lib/domain/health/series";
import { randomOf } from "@/tests/support/mistaken-runs";

const N = 400;

function curve(of: (progress: number) => number, spread: number, seed = 5): LossPoint[] {
  const { uniform } = randomOf(seed);
  return Array.from({ length: N }, (_, step) => {
    const value = of(step / N) + spread * (2 * uniform() - 1);
    return Number.isFinite(value)
      ? { step, value, max: value, nonfinite: 0 }
      : { step, value: NaN, max: NaN, nonfinite: 1 };
  });
}

/** What the notes of a run say, given all its metrics and the project's primary one. */
function codes(metrics: Record<string, LossPoint[]>, primary?: Omit<Primary, "points">): string[] {
  const keys = findLossKeys(Object.keys(metrics));
  const read = (key: string | null) => (key === null ? null : { key, points: metrics[key] ?? [] });
  const known = primary ? { ...primary, points: metrics[primary.key] ?? [] } : null;
  const { loss, whyNot } = judgedLoss(keys, Object.keys(metrics), known);
  const train = loss === keys.validation ? null : read(keys.train);
  const run = { train, validation: read(keys.validation), lrs: [{ step: 0, lr: 3e-4 }] };
  return judgeHealth({ ...run, notTheGoal: whyNot }).map(({ code }) => code);
}

const rising = curve((p) => 20 + 180 * p, 30);
/** A value loss that grows with the returns that it predicts. */
const growing = curve((p) => 2 - 3 * p * (p < 0.3 ? 1 : 0) + 60 * p * p, 3);
const diverging = curve((p) => (p < 0.5 ? 2.3 - 3 * p : 0.8 + 6 * (p - 0.5)), 0.05);
const healthy = curve((p) => 0.3 + 2 * Math.exp(-6 * p), 0.05);
const accuracy = curve((p) => 0.1 + 0.8 * (1 - Math.exp(-6 * p)), 0.02);
const collapsing = curve((p) => (p < 0.5 ? 0.1 + 1.6 * p : 0.9 - 1.7 * (p - 0.5)), 0.02);

describe("reinforcement learning: the loss is not what falls", () => {
  test.each<[string, Record<string, LossPoint[]>]>([
    [
      "Stable-Baselines3",
      { "rollout/ep_rew_mean": rising, "train/loss": growing, "train/value_loss": growing },
    ],
    [
      "CleanRL",
      { "charts/episodic_return": rising, "losses/value_loss": growing, "losses/policy_loss": growing },
    ],
    ["a script of one's own", { reward: rising, loss: growing }],
    ["TRL's GRPO", { "train/reward": rising, "train/loss": growing, "train/kl": growing }],
    ["actor and critic alone", { "train/actor_loss": growing, "train/critic_loss": growing }],
    ["a total of actor and critic", { loss: growing, actor_loss: growing, critic_loss: growing }],
    ["Q-learning", { "train/q1_loss": growing }],
    ["a game's score", { "game/score": rising, loss: growing }],
  ])("%s raises no alarm", (_, metrics) => {
    expect(codes(metrics)).toEqual([]);
  });

  test("values that are not finite are told all the same", () => {
    const lost = [...growing.slice(0, 390), ...curve(() => NaN, 0).slice(390)];
    expect(codes({ reward: rising, loss: lost })).toEqual(["nan"]);
  });
});

describe("adversarial losses work against each other", () => {
  test.each<[string, Record<string, LossPoint[]>]>([
    ["generator and discriminator", { "train/generator_loss": growing, "train/discriminator_loss": healthy }],
    ["G_loss and D_loss", { G_loss: growing, D_loss: healthy, loss: growing }],
    ["loss_G and loss_D", { "train/loss_G": growing, "train/loss_D": healthy }],
    ["loss/g and loss/d", { loss: growing, "loss/g": growing, "loss/d": healthy }],
  ])("%s raise no alarm", (_, metrics) => {
    expect(codes(metrics)).toEqual([]);
  });
});

describe("supervised training is judged as before", () => {
  test.each<[string, Record<string, LossPoint[]>]>([
    ["alone", { "train/loss": diverging }],
    ["beside an accuracy", { loss: diverging, accuracy: collapsing }],
    ["beside an F1 score", { "train/loss": diverging, "val/f1_score": accuracy }],
    ["as cross entropy", { "train/cross_entropy_loss": diverging }],
    [
      "of preferences",
      { "train/loss": diverging, "train/rewards/chosen": rising, "rewards/margins": rising },
    ],
    ["with lengths of epochs", { "train/loss": diverging, epoch: rising, "epoch/step": rising }],
  ])("a diverging loss %s", (_, metrics) => {
    expect(codes(metrics)).toEqual(["diverged", "too_high"]);
  });

  test("a healthy one is good", () => expect(codes({ "train/loss": healthy, accuracy })).toEqual(["good"]));
});

describe("the project's primary metric", () => {
  test("that is the loss, to be low, has it judged, whatever else is logged", () => {
    expect(codes({ loss: diverging, reward: rising }, { key: "loss", mode: "min" })).toContain("diverged");
  });

  test("that is the loss, to be high, has no rise held against it", () => {
    expect(codes({ loss: diverging }, { key: "loss", mode: "max" })).toEqual([]);
  });

  test("that is to be high and keeps what it gained excuses a rise of the loss", () => {
    const primary = { key: "val/acc", mode: "max" } as const;
    expect(codes({ "train/loss": diverging, "val/acc": accuracy }, primary)).toEqual([]);
    expect(codes({ "train/loss": diverging, "val/acc": collapsing }, primary)).toContain("diverged");
    expect(codes({ "train/loss": diverging }, primary)).toContain("diverged");
  });

  test("that is a validation loss, to be low, is judged in the place of losses that are not the goal", () => {
    const primary = { key: "val_loss", mode: "min" } as const;
    const sides = { g_loss: growing, d_loss: healthy };
    const others: Record<string, LossPoint[]>[] = [
      sides,
      { loss: growing, ...sides },
      { "train/g_loss": growing, "train/d_loss": healthy },
    ];
    for (const more of others) {
      expect(codes({ ...more, val_loss: diverging })).toEqual([]);
      expect(codes({ ...more, val_loss: diverging }, primary)).toEqual(["diverged", "too_high"]);
      expect(codes({ ...more, val_loss: diverging }, { ...primary, mode: "max" })).toEqual([]);
    }
  });

  test("that is a loss, to be low, comes before what is called a reward", () => {
    const metrics = { loss: diverging, episode: rising, val_loss: diverging };
    expect(codes(metrics)).toEqual([]);
    expect(codes(metrics, { key: "val_loss", mode: "min" })).toContain("diverged");
    expect(codes(metrics, { key: "val_loss", mode: "max" })).toEqual([]);
  });

  test("that is to be low and keeps what it gained excuses a rise of the loss as well", () => {
    const primary = { key: "fid", mode: "min" } as const;
    expect(codes({ loss: diverging, fid: healthy }, primary)).toEqual([]);
    expect(codes({ loss: diverging, fid: diverging }, primary)).toContain("diverged");
  });

  test("that is a reward is the goal by its name", () => {
    const primary: Primary = { key: "eval/return", mode: "max", points: [] };
    const { whyNot } = judgedLoss({ train: "loss", validation: null }, ["loss"], primary);
    expect(whyNot).toBe("the goal is eval/return, and loss may rise while that improves");
  });
});

test.each([
  ...["reward", "train/reward", "mean_reward", "rollout/ep_rew_mean", "episode_return", "returns/mean"],
  ...["charts/episodic_return", "score", "eval/mean_score", "episode"],
])("%s is a reward", (key) => expect(isReward(key)).toBe(true));

test.each(["epoch", "loss", "reward_loss", "rewards/chosen", "f1_score", "bleu_score", "step", "deep/acc"])(
  "%s is none",
  (key) => expect(isReward(key)).toBe(false),
);
