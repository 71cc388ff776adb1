import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import type { ReduceOnPlateauSpec } from "@/lib/domain/schedules/reduce-on-plateau";
import { bareName } from "@/lib/domain/schedules/shared/constructors";
import type { CodeTarget } from "./print-call";
import { setLr } from "./print-call";
import { blocks, pyCall, pyFloat } from "./python";

/** Code for a schedule that follows a metric, and what of it the target does differently. */
export interface PlateauCode {
  code: string;
  notes: string[];
}

type Filled = Required<Omit<ReduceOnPlateauSpec, "kind">>;

/** torch's defaults, which ours are. */
const filled = (spec: ReduceOnPlateauSpec): Filled => ({
  peak: spec.peak,
  monitor: spec.monitor,
  mode: spec.mode ?? "min",
  factor: spec.factor ?? 0.1,
  patience: spec.patience ?? 10,
  threshold: spec.threshold ?? 1e-4,
  threshold_mode: spec.threshold_mode ?? "rel",
  cooldown: spec.cooldown ?? 0,
  min_lr: spec.min_lr ?? 0,
  eps: spec.eps ?? DEFAULT_EPS,
});

const DEFAULT_EPS = 1e-8;

/** A native reduce-on-plateau in a target's own class. golden README section 13 has every difference named here. */
export function plateauCode(spec: ReduceOnPlateauSpec, target: CodeTarget): PlateauCode {
  const policy = filled(spec);
  switch (target) {
    case "torch":
      return { code: torchCode(policy, ""), notes: [] };
    case "transformers":
      return {
        code: torchCode(policy, "# With Trainer: Trainer(..., optimizers=(optimizer, scheduler))."),
        notes: [],
      };
    case "timm":
      return timm(policy);
    case "keras":
      return keras(policy);
    case "optax":
      return optax(policy);
    default:
      return target satisfies never;
  }
}

const metric = ({ monitor }: { monitor: string }): string =>
  `# ${JSON.stringify(monitor)} is the metric that it follows.`;

function torchCode({ monitor, peak, ...args }: Filled, trainer: string): string {
  return blocks(
    "from torch.optim.lr_scheduler import ReduceLROnPlateau",
    setLr([peak]),
    `scheduler = ${pyCall("ReduceLROnPlateau", ["optimizer"], args)}`,
    [metric({ monitor }), "# After every validation:  scheduler.step(value)", trainer]
      .filter(Boolean)
      .join("\n"),
  );
}

function timm(policy: Filled): PlateauCode {
  const { peak, factor, patience, threshold, cooldown, min_lr, mode, eps } = policy;
  const args = {
    decay_rate: factor,
    patience_t: patience,
    threshold,
    cooldown_t: cooldown,
    lr_min: min_lr,
    mode,
  };
  const code = blocks(
    "from timm.scheduler import PlateauLRScheduler",
    setLr([peak]),
    `scheduler = ${pyCall("PlateauLRScheduler", ["optimizer"], args)}`,
    `${metric(policy)}\n# At the end of every epoch, counted from 0:  scheduler.step(epoch + 1, value)`,
  );
  const notes: string[] = [];
  if (policy.threshold_mode === "abs") notes.push("timm's threshold is relative; this one is absolute.");
  if (eps !== DEFAULT_EPS)
    notes.push(`timm has no eps: it leaves out cuts of less than ${DEFAULT_EPS}, this one of ${eps}.`);
  return { code, notes };
}

function keras({
  monitor,
  peak,
  mode,
  factor,
  patience,
  threshold,
  threshold_mode,
  cooldown,
  min_lr,
}: Filled) {
  // Keras cuts when the count reaches the patience, torch when it exceeds it; its cooldown is one shorter.
  const args = {
    monitor,
    mode,
    factor,
    patience: patience + 1,
    min_delta: threshold_mode === "abs" ? threshold : 0,
    cooldown: cooldown === 0 ? 0 : cooldown + 1,
    min_lr,
  };
  const code = blocks(
    "import keras",
    `callback = ${pyCall("keras.callbacks.ReduceLROnPlateau", [], args)}`,
    `# Start from this learning rate:  keras.optimizers.Adam(learning_rate=${pyFloat(peak)})\n# model.fit(..., callbacks=[callback])`,
  );
  const notes = ["Keras compares metrics and keeps the LR in float32."];
  if (threshold_mode === "rel" && threshold > 0) {
    notes.push(
      `Keras has no relative threshold: the ${threshold} is left out, so that any improvement counts.`,
    );
  }
  return { code, notes };
}

function optax(policy: Filled): PlateauCode {
  const { peak, factor, patience, threshold, threshold_mode, cooldown, min_lr, mode } = policy;
  // optax cuts when the count equals the patience, torch when it exceeds it.
  const args = {
    factor,
    patience: patience + 1,
    rtol: threshold_mode === "rel" ? threshold : 0,
    atol: threshold_mode === "abs" ? threshold : 0,
    cooldown,
    min_scale: peak === 0 ? 0 : min_lr / peak,
  };
  const code = blocks(
    "import optax",
    `plateau = ${pyCall("optax.contrib.reduce_on_plateau", [], args)}\noptimizer = optax.chain(optax.adam(${pyFloat(peak)}), plateau)`,
    `${metric(policy)}\n# optimizer.update(grads, state, params, value=${mode === "max" ? "-value" : "value"})`,
  );
  const notes = ["optax scales the updates, so the LR that it reports stays where it is."];
  if (mode === "max")
    notes.push(
      "optax only minimises: it is given the negated metric, for which a relative threshold is loose.",
    );
  return { code, notes };
}

/** A library's own plateau class in its own words. Null for other classes. */
export function ownPlateauCode(
  { constructor, kwargs, base_lrs = [], monitor }: LibrarySchedule,
  target: CodeTarget,
) {
  const name = bareName(constructor);
  const follows = monitor === undefined ? "" : `${metric({ monitor })}\n`;
  switch (`${target} ${name}`) {
    case "torch ReduceLROnPlateau":
      return own(
        "from torch.optim.lr_scheduler import ReduceLROnPlateau",
        "# After every validation:  scheduler.step(value)",
      );
    case "timm PlateauLRScheduler":
      return own(
        "from timm.scheduler import PlateauLRScheduler",
        "# At the end of every epoch, counted from 0:  scheduler.step(epoch + 1, value)",
      );
    case "transformers GreedyLR":
      return own(
        "from transformers.optimization import GreedyLR",
        "# After every validation:  scheduler.step(value)",
      );
    case "keras ReduceLROnPlateau":
      return blocks(
        "import keras",
        `callback = ${pyCall("keras.callbacks.ReduceLROnPlateau", [], monitor === undefined ? kwargs : { monitor, ...kwargs })}`,
        "# model.fit(..., callbacks=[callback])",
      );
    case "optax reduce_on_plateau":
      return blocks(
        "import optax",
        `plateau = ${pyCall("optax.contrib.reduce_on_plateau", [], kwargs)}`,
        `${follows}# optimizer = optax.chain(optax.adam(${pyFloat(base_lrs[0] ?? 1e-3)}), plateau)`,
      );
    default:
      return null;
  }

  function own(imports: string, stepping: string): string {
    return blocks(
      imports,
      setLr(base_lrs),
      `scheduler = ${pyCall(name, ["optimizer"], kwargs)}`,
      `${follows}${stepping}`,
    );
  }
}
