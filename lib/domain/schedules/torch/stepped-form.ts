import { PythonError } from "@/lib/domain/schedules/shared/python-error";
import type { Curve } from "@/lib/domain/schedules/shared/sample";
import type { Groups, TorchScheduler } from "./scheduler";

/** Steps that a recursion is followed to, and steps of single rules; nobody could wait for more. From there on the LR stays as it is. */
const FURTHEST = 5_000_000;
const FURTHEST_OF_ALL = 20_000_000;
/** Steps between two kept copies of the state: going back costs at most this many steps. */
const CHECKPOINT_EVERY = 65_536;

interface State {
  t: number;
  groups: Groups;
  scheduler: TorchScheduler;
}

/**
 * The LRs after t plain steps by taking them one by one. Remembers where it is and a checkpoint now and then, never the
 * LRs themselves. `rules` is how many rules a step applies. Throws PythonError from the step on at which torch raises.
 */
export function steppedForm(scheduler: TorchScheduler, groups: Groups, rules: number): Curve {
  const furthest = Math.min(FURTHEST, Math.floor(FURTHEST_OF_ALL / (rules * groups.length)));
  let state = copyOf({ t: 0, groups, scheduler });
  const checkpoints = [copyOf(state)];
  let failure: { t: number; error: PythonError } | null = null;

  const advance = () => {
    try {
      state.scheduler.step();
    } catch (error) {
      if (error instanceof PythonError) failure = { t: state.t + 1, error };
      // A chain may have moved the LR before one of its schedulers raised.
      state = copyOf(checkpoints.at(-1) ?? state);
      throw error;
    }
    state.t += 1;
    if (state.t === checkpoints.length * CHECKPOINT_EVERY) checkpoints.push(copyOf(state));
  };

  const at: Curve = (step) => {
    const t = Math.min(step, furthest);
    if (failure && t >= failure.t) throw failure.error;
    const nearest = checkpoints[Math.min(Math.floor(t / CHECKPOINT_EVERY), checkpoints.length - 1)];
    if (nearest && (state.t > t || state.t < nearest.t)) state = copyOf(nearest);
    while (state.t < t) advance();
    return state.groups.map((group) => group.lr);
  };
  return Object.assign(at, { recursive: true as const });
}

function copyOf({ t, groups, scheduler }: State): State {
  const copies = groups.map((group) => ({ ...group }));
  return { t, groups: copies, scheduler: scheduler.copy(copies) };
}
