import { describe, expect, test } from "vitest";
import { normalisePolicy } from "@/lib/domain/plateau/normalise-policy";
import { PolicyError } from "@/lib/domain/plateau/policy-error";

function refusalOf(policy: unknown): PolicyError {
  try {
    normalisePolicy(policy);
  } catch (error) {
    if (error instanceof PolicyError) return error;
    throw error;
  }
  throw new Error("the policy was accepted");
}

const TORCH = "torch.optim.lr_scheduler.ReduceLROnPlateau";
const KERAS = "keras.callbacks.ReduceLROnPlateau";
const TORCH_DEFAULTS = {
  rule: "torch",
  mode: "min",
  factor: 0.1,
  patience: 10,
  threshold: 1e-4,
  threshold_mode: "rel",
  cooldown: 0,
  min_lr: 0,
  eps: 1e-8,
};

describe("our words", () => {
  test("every option absent gives the library's defaults", () => {
    expect(normalisePolicy({ metric: "val/loss", mode: "min", detector: "torch", action: "apply" })).toEqual({
      metric: "val/loss",
      action: "apply",
      spec: TORCH_DEFAULTS,
      base_lrs: null,
      limits: {},
    });
  });

  test.each([
    [
      "keras",
      { rule: "keras", mode: "max", factor: 0.5, patience: 3, min_delta: 0.01, cooldown: 2, min_lr: 1e-6 },
    ],
    [
      "timm",
      { rule: "timm", mode: "max", factor: 0.5, patience: 3, threshold: 0.01, cooldown: 2, min_lr: 1e-6 },
    ],
    [
      "torch",
      {
        ...TORCH_DEFAULTS,
        mode: "max",
        factor: 0.5,
        patience: 3,
        threshold: 0.01,
        cooldown: 2,
        min_lr: 1e-6,
      },
    ],
    [
      "greedy",
      { rule: "greedy", mode: "max", factor: 0.5, patience: 3, threshold: 0.01, threshold_mode: "abs" },
    ],
  ])("%s takes the same option names", (detector, expected) => {
    const options = { factor: 0.5, patience: 3, threshold: 0.01, cooldown: 2, min_lr: 1e-6 };
    expect(normalisePolicy({ metric: "acc", mode: "max", detector, ...options }).spec).toMatchObject(
      expected,
    );
  });

  test("optax: the threshold is rtol, or atol in abs mode", () => {
    const policy = { metric: "loss", mode: "min", detector: "optax", threshold: 0.01 };
    expect(normalisePolicy(policy).spec).toMatchObject({ rtol: 0.01, atol: 0, dtype: "float64" });
    expect(normalisePolicy({ ...policy, threshold_mode: "abs" }).spec).toMatchObject({ rtol: 0, atol: 0.01 });
    expect(normalisePolicy({ ...policy, dtype: "float32" }).spec).toMatchObject({ dtype: "float32" });
  });

  test("a library's own option names pass", () => {
    const policy = { detector: "timm", mode: "min", patience_t: 2, warmup_t: 5, warmup_lr_init: 1e-4 };
    expect(normalisePolicy(policy).spec).toMatchObject({ patience: 2, warmup_t: 5, warmup_lr_init: 1e-4 });
  });

  test.each([
    [{ detector: "prophet" }, "detector", "Known: torch, keras, timm, optax, greedy"],
    [{}, "detector", "unknown detector undefined"],
    [{ detector: "torch", patiense: 3 }, "patiense", "Known: cooldown, eps, factor"],
    [{ detector: "timm", patiense: 3 }, "patiense", "noise_type, patience, patience_t"],
    [{ detector: "torch", factor: "0.1" }, "factor", "must be a finite number"],
    [{ detector: "torch", patience: 2.5 }, "patience", "whole number"],
    [{ detector: "torch", factor: -0.1 }, "factor", "0 or more"],
    [{ detector: "torch", min_lr: [0, "x"] }, "min_lr", "one per param group"],
    [{ detector: "timm", patience: 1, patience_t: 2 }, "patience_t", "the same option"],
    [{ detector: "timm", factor: null, decay_rate: "x" }, "decay_rate", "the same option"],
    [{ detector: "timm", factor: "x" }, "factor", "factor must be a finite number"],
    [{ detector: "timm", noise_range_t: [1, 2] }, "noise_range_t", "cannot be replayed"],
    [{ detector: "keras", threshold_mode: "rel", mode: "min" }, "threshold_mode", "always abs"],
    [{ detector: "timm", threshold_mode: "abs" }, "threshold_mode", "always rel"],
    [{ detector: "optax", threshold_mode: "both" }, "threshold_mode", "rel, abs"],
    [{ detector: "optax", mode: "max" }, "mode", "minimises"],
    [{ detector: "optax", min_lr: [0] }, "min_lr", "finite number"],
    [{ detector: "greedy", smooth: 1 }, "smooth", "true or false"],
    [{ detector: "greedy", factor: 0 }, "factor", "above 0"],
    [{ detector: "greedy", window_size: 0 }, "window_size", "1 to 10000"],
    [{ detector: "greedy", window_size: 10_001 }, "window_size", "1 to 10000"],
    [{ detector: "torch", mode: "up" }, "mode", "Known: min, max"],
    [{ detector: "torch", action: "shout" }, "action", "recommend, apply"],
    [{ detector: "torch", metric: 3 }, "metric", "must be a string"],
    [{ detector: "torch", dtype: "float32" }, "dtype", "works in float64"],
    [{ detector: "optax", dtype: "bfloat16" }, "dtype", "Known: float32, float64"],
    [null, "policy", "object"],
    [[], "policy", "object"],
  ])("%j is ours to refuse, at %s", (policy, path, message) => {
    const error = refusalOf(policy);
    expect(error.path).toBe(path);
    expect(error.message).toContain(message);
    expect(error.raises).toBeUndefined();
  });
});

describe("a library's words", () => {
  test("base rates and frame fields are kept", () => {
    const policy = {
      library: "torch",
      constructor: TORCH,
      config: { patience: 2, min_lr: [0.01, 0.02], verbose: true, threshold_mode: null },
      base_lrs: [0.1, 0.2],
      metric: "val/loss",
      mode: "max",
      action: "recommend",
    };
    expect(normalisePolicy(policy)).toEqual({
      metric: "val/loss",
      action: "recommend",
      spec: { ...TORCH_DEFAULTS, mode: "max", patience: 2, min_lr: [0.01, 0.02] },
      base_lrs: [0.1, 0.2],
      limits: {},
    });
  });

  test.each([
    [{ constructor: "ReduceLROnPlateau" }, "torch"],
    [{ constructor: "ReduceLROnPlateau", library: "keras" }, "keras"],
    [{ constructor: "tf.keras.callbacks.ReduceLROnPlateau" }, "keras"],
    [{ constructor: "keras.src.callbacks.reduce_lr_on_plateau.ReduceLROnPlateau" }, "keras"],
    [{ constructor: "PlateauLRScheduler" }, "timm"],
    [{ constructor: "optax.contrib._reduce_on_plateau.reduce_on_plateau", library: "optax" }, "optax"],
    [{ constructor: "GreedyLR" }, "greedy"],
  ])("%j is %s's rule", (policy, rule) => expect(normalisePolicy(policy).spec.rule).toBe(rule));

  test("defaults differ: timm maximises, GreedyLR has an absolute threshold and a high floor", () => {
    expect(normalisePolicy({ constructor: "PlateauLRScheduler" }).spec).toMatchObject({ mode: "max" });
    expect(normalisePolicy({ constructor: "GreedyLR" }).spec).toMatchObject({
      ...{ mode: "min", factor: 0.95, threshold: 1e-6, threshold_mode: "abs", min_lr: 1e-3, max_lr: 1 },
      ...{ eps: 1e-8, warmup: 0, smooth: false, window_size: 50, reset_start: 500 },
    });
  });

  test.each([
    [{ metric: "val/accuracy" }, "max"],
    [{ metric: "val/loss" }, "min"],
    [{ config: { monitor: "val_auc" } }, "max"],
    [{ config: { mode: "auto" } }, "min"],
    [{ metric: "val/accuracy", mode: "min" }, "min"],
    [{ metric: "bleu", mode: "max" }, "max"],
  ])("Keras' automatic mode: %j → %s", (policy, mode) => {
    expect(normalisePolicy({ constructor: KERAS, ...policy }).spec.mode).toBe(mode);
  });

  test.each([
    [{ constructor: "torch.optim.lr_scheduler.StepLR" }, "constructor", "Known: torch.optim"],
    [{ constructor: "keras.GreedyLR" }, "constructor", "unknown constructor"],
    [{ constructor: 3 }, "constructor", "string"],
    [{ constructor: TORCH, library: "keras" }, "library", "belongs to torch"],
    [{ constructor: TORCH, config: [1] }, "config", "object"],
    [{ constructor: TORCH, config: { min_delta: 1 } }, "config.min_delta", "unknown argument min_delta"],
    [{ constructor: TORCH, config: { mode: "min" }, mode: "max" }, "mode", "say it once"],
    [{ constructor: TORCH, patience: 3 }, "patience", "unknown field"],
    [{ constructor: TORCH, base_lrs: [] }, "base_lrs", "one or more"],
    [{ constructor: TORCH, base_lrs: ["0.1"] }, "base_lrs", "finite"],
    [{ constructor: KERAS, metric: "bleu" }, "mode", "does not follow"],
    // The library goes on with "auto" after a warning, which nobody sees here.
    [{ constructor: KERAS, config: { mode: "lowest" } }, "config.mode", "one of min, max"],
    [{ constructor: KERAS, config: { min_lr: [0] } }, "config.min_lr", "finite number"],
    [{ constructor: TORCH, config: { patience: "3" } }, "config.patience", "finite number"],
    [{ constructor: TORCH, config: { patience: true } }, "config.patience", "finite number"],
    [{ constructor: TORCH, config: { min_lr: ["0"] } }, "config.min_lr", "one per param group"],
  ])("%j is ours to refuse, at %s", (policy, path, message) => {
    const error = refusalOf(policy);
    expect(error.path).toBe(path);
    expect(error.message).toContain(message);
    expect(error.raises).toBeUndefined();
  });

  test.each([
    [TORCH, { factor: 1 }, "config.factor"],
    [TORCH, { mode: "auto" }, "config.mode"],
    [TORCH, { threshold_mode: "percent" }, "config.threshold_mode"],
    [KERAS, { factor: 2, mode: "min" }, "config.factor"],
    ["timm.scheduler.PlateauLRScheduler", { decay_rate: 1 }, "config.decay_rate"],
    ["optax.contrib.reduce_on_plateau", { factor: 0 }, "config.factor"],
    ["optax.contrib.reduce_on_plateau", { rtol: 0 }, "config.rtol"],
    ["optax.contrib.reduce_on_plateau", { rtol: -1 }, "config.rtol"],
    ["optax.contrib.reduce_on_plateau", { atol: -1 }, "config.atol"],
    ["optax.contrib.reduce_on_plateau", { rtol: 1.5 }, "config.rtol"],
    ["transformers.optimization.GreedyLR", { factor: 1 }, "config.factor"],
  ])("%s raises for %j", (constructor, config, path) => {
    const error = refusalOf({ constructor, config });
    expect(error.path).toBe(path);
    expect(error.raises).toMatchObject({ at: "construct", type: "ValueError" });
  });
});
