import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";

/** One of the schedules that are held side by side. */
export interface Candidate {
  /** Stands for its colour, too: it stays when others go. */
  readonly id: number;
  readonly name: string;
  readonly schedule: DeclaredSchedule;
  readonly hidden: boolean;
}

/** Everything that is designed: what the link holds and what undo takes back. */
export interface Design {
  readonly candidates: readonly Candidate[];
  /** The id of the one that the form edits. */
  readonly selected: number;
  /** Steps of the training that the schedules are for. */
  readonly totalSteps: number;
  /** For schedules that count epochs on their own. */
  readonly stepsPerEpoch: number | null;
}

export interface DesignHistory {
  readonly past: readonly Design[];
  readonly present: Design;
  readonly future: readonly Design[];
  /** What the last edit changed, while more of the same belongs to it. */
  readonly merging: string | null;
}

export type DesignAction =
  | { readonly type: "add"; readonly name: string; readonly schedule: DeclaredSchedule }
  | { readonly type: "duplicate"; readonly id: number }
  | { readonly type: "remove"; readonly id: number }
  | { readonly type: "select"; readonly id: number }
  | { readonly type: "rename"; readonly id: number; readonly name: string }
  | { readonly type: "hide"; readonly id: number; readonly hidden: boolean }
  /** `field` names what is being edited: edits of one field are one step back. */
  | {
      readonly type: "edit";
      readonly id: number;
      readonly schedule: DeclaredSchedule;
      readonly field: string;
    }
  | { readonly type: "length"; readonly totalSteps: number; readonly stepsPerEpoch: number | null }
  /** A field is left: the next edit is another step. */
  | { readonly type: "settle" }
  | { readonly type: "undo" }
  | { readonly type: "redo" }
  /** Another design comes from outside (the browser's back button, a link). */
  | { readonly type: "load"; readonly design: Design };

export const MOST_CANDIDATES = 12;
const MOST_STEPS_BACK = 200;

export const startHistory = (design: Design): DesignHistory => ({
  past: [],
  present: design,
  future: [],
  merging: null,
});

/** The design after an action. Selecting is no step: undo takes back changes, not looks. */
export function designReducer(history: DesignHistory, action: DesignAction): DesignHistory {
  const { present } = history;
  switch (action.type) {
    case "undo":
      return back(history);
    case "redo":
      return forth(history);
    case "settle":
      return history.merging === null ? history : { ...history, merging: null };
    case "select":
      return { ...history, present: { ...present, selected: action.id }, merging: null };
    case "load":
      return step(history, action.design, null);
    case "edit":
      return step(
        history,
        changed(present, action.id, { schedule: action.schedule }),
        `${action.id} ${action.field}`,
      );
    case "length": {
      const { totalSteps, stepsPerEpoch } = action;
      return step(history, { ...present, totalSteps, stepsPerEpoch }, "length");
    }
    default:
      return step(history, arranged(present, action), null);
  }
}

/** One step on; edits of the same field become one. */
function step(history: DesignHistory, next: Design, merging: string | null): DesignHistory {
  const { past, present } = history;
  if (next === present) return history;
  if (merging !== null && merging === history.merging) return { ...history, present: next, future: [] };
  return { past: [...past, present].slice(-MOST_STEPS_BACK), present: next, future: [], merging };
}

function back({ past, present, future }: DesignHistory): DesignHistory {
  const last = past.at(-1);
  if (!last) return { past, present, future, merging: null };
  return { past: past.slice(0, -1), present: last, future: [present, ...future], merging: null };
}

function forth({ past, present, future }: DesignHistory): DesignHistory {
  const [next, ...rest] = future;
  if (!next) return { past, present, future, merging: null };
  return { past: [...past, present], present: next, future: rest, merging: null };
}

type Arrange = Extract<DesignAction, { type: "add" | "duplicate" | "remove" | "rename" | "hide" }>;

function arranged(design: Design, action: Arrange): Design {
  switch (action.type) {
    case "add":
      return added(design, action.name, action.schedule);
    case "duplicate": {
      const original = design.candidates.find(({ id }) => id === action.id);
      return original ? added(design, `${original.name} copy`, original.schedule) : design;
    }
    case "remove":
      return removed(design, action.id);
    case "rename":
      return changed(design, action.id, { name: action.name });
    case "hide":
      return changed(design, action.id, { hidden: action.hidden });
  }
}

/** A new candidate is what one wants to look at. */
function added(design: Design, name: string, schedule: DeclaredSchedule): Design {
  const { candidates } = design;
  if (candidates.length >= MOST_CANDIDATES) return design;
  const taken = new Set(candidates.map((candidate) => candidate.id));
  const id = Array.from({ length: MOST_CANDIDATES }, (_, i) => i).find((free) => !taken.has(free)) ?? 0;
  return {
    ...design,
    candidates: [...candidates, { id, name: freeName(candidates, name), schedule, hidden: false }],
    selected: id,
  };
}

/** The name itself, or the first of `name 2`, `name 3`, … that is free. */
function freeName(candidates: readonly Candidate[], name: string): string {
  const taken = new Set(candidates.map((candidate) => candidate.name));
  const numbered = [name, ...Array.from({ length: MOST_CANDIDATES + 1 }, (_, i) => `${name} ${i + 2}`)];
  return numbered.find((one) => !taken.has(one)) ?? name;
}

/** The last one stays: there is always something to edit. */
function removed(design: Design, id: number): Design {
  const at = design.candidates.findIndex((candidate) => candidate.id === id);
  if (at === -1 || design.candidates.length === 1) return design;
  const candidates = design.candidates.filter((candidate) => candidate.id !== id);
  const neighbour = candidates[Math.min(at, candidates.length - 1)];
  const selected = design.selected === id ? (neighbour?.id ?? 0) : design.selected;
  return { ...design, candidates, selected };
}

const changed = (design: Design, id: number, patch: Partial<Candidate>): Design => ({
  ...design,
  candidates: design.candidates.map((one) => (one.id === id ? { ...one, ...patch } : one)),
});

export function selectedOf({ candidates, selected }: Design): Candidate | undefined {
  return candidates.find(({ id }) => id === selected) ?? candidates[0];
}
