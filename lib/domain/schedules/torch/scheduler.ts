import type { ParamGroup } from "./param-group";

/** The optimizer's param groups, shared by all schedulers of one run. */
export type Groups = readonly ParamGroup[];

/** A scheduler object and the ways in which it, or the scheduler around it, moves it. All of them write the groups. */
export interface TorchScheduler {
  /** `.step()`. */
  step: () => void;
  /** `.step(x)`. */
  stepTo: (epoch: number) => void;
  /** The step that a constructor takes; SequentialLR repeats it for the scheduler it begins with. */
  initialStep: () => void;
  /** How a SequentialLR switches to this scheduler. */
  switchTo: () => void;
  /** SequentialLR's "undo" of the constructors' steps: counts back, leaves the LRs alone. */
  undo: () => void;
  /** The same scheduler on a copy of the groups. */
  copy: (groups: Groups) => TorchScheduler;
}
