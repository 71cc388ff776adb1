import type { Blueprint } from "./blueprint";
import { Chained } from "./chained";
import { RuleScheduler } from "./rule-scheduler";
import type { Groups, TorchScheduler } from "./scheduler";
import { Sequential } from "./sequential";
import { WarmRestarts } from "./warm-restarts";

/** Constructs a scheduler on the groups, inner ones first, with all the steps that constructors take. */
export function construct(blueprint: Blueprint, groups: Groups): TorchScheduler {
  switch (blueprint.kind) {
    case "rule":
      return RuleScheduler.construct(groups, blueprint.built);
    case "restarts":
      return WarmRestarts.construct(groups, blueprint.args);
    case "plateau":
      return IDLE;
    case "sequential": {
      const children = blueprint.children.map((child) => construct(child, groups));
      return Sequential.construct(groups, children, blueprint.milestones, blueprint.lastEpoch);
    }
    case "chained":
      return new Chained(blueprint.children.map((child) => construct(child, groups)));
    default:
      return blueprint satisfies never;
  }
}

const still = () => undefined;

/** ReduceLROnPlateau without metrics. */
const IDLE: TorchScheduler = {
  step: still,
  stepTo: still,
  initialStep: still,
  switchTo: still,
  undo: still,
  copy: () => IDLE,
};

/** Whether the tree writes momentum, so that it is worth recording. */
export function cyclesMomentum(blueprint: Blueprint): boolean {
  if (blueprint.kind === "rule") return blueprint.built.rule.momentum !== undefined;
  return "children" in blueprint && blueprint.children.some(cyclesMomentum);
}
