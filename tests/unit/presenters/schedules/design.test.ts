import { describe, expect, test } from "vitest";
import {
  designReducer,
  MOST_CANDIDATES,
  startHistory,
  type DesignAction,
  type DesignHistory,
} from "@/lib/presenters/schedules/design";
import { encodeDesign } from "@/lib/presenters/schedules/design-link";
import { FIRST_DESIGN } from "@/lib/presenters/schedules/first-design";
import { readDesign } from "@/lib/presenters/schedules/read-design";

const COSINE = { kind: "cosine", peak: 0.1, floor: 0, steps: 100 } as const;
const start = startHistory(FIRST_DESIGN);
const after = (...actions: DesignAction[]): DesignHistory => actions.reduce(designReducer, start);
const edit = (peak: number, field = "main.peak"): DesignAction => ({
  type: "edit",
  id: 0,
  schedule: { ...COSINE, peak },
  field,
});
const peaks = ({ present }: DesignHistory) =>
  present.candidates.map(({ schedule }) => "peak" in schedule && schedule.peak);

describe("undo and redo", () => {
  test("what is typed into one field is one step back", () => {
    const typed = after(edit(0.2), edit(0.25), edit(0.251));
    expect(peaks(typed)).toEqual([0.251]);
    expect(designReducer(typed, { type: "undo" }).present).toBe(FIRST_DESIGN);
  });

  test.each<[string, DesignAction]>([
    ["another field", edit(0.3, "main.floor")],
    ["leaving the field", { type: "settle" }],
    ["selecting", { type: "select", id: 0 }],
  ])("%s ends the step", (_, between) => {
    const typed = after(edit(0.2), between, edit(0.4));
    expect(peaks(designReducer(typed, { type: "undo" }))).not.toEqual(peaks(start));
    expect(peaks(typed)).toEqual([0.4]);
  });

  test("redo brings back what undo took, until something else is done", () => {
    const undone = after(edit(0.2), { type: "settle" }, edit(0.3), { type: "undo" });
    expect(peaks(undone)).toEqual([0.2]);
    expect(peaks(designReducer(undone, { type: "redo" }))).toEqual([0.3]);
    const other = designReducer(undone, { type: "rename", id: 0, name: "other" });
    expect(designReducer(other, { type: "redo" }).present).toEqual(other.present);
  });

  test("at the ends nothing happens", () => {
    expect(after({ type: "undo" }).present).toBe(FIRST_DESIGN);
    expect(after({ type: "redo" }).present).toBe(FIRST_DESIGN);
  });

  test("selecting and hiding: a look is no step, a change is", () => {
    const added = after({ type: "add", name: "b", schedule: COSINE });
    expect(designReducer(added, { type: "select", id: 0 }).past).toHaveLength(1);
    expect(designReducer(added, { type: "hide", id: 0, hidden: true }).past).toHaveLength(2);
  });
});

describe("candidates", () => {
  test("a new one is selected, has its own id and a name of its own", () => {
    const { present } = after(
      { type: "add", name: "cosine", schedule: COSINE },
      { type: "add", name: "cosine", schedule: COSINE },
      { type: "duplicate", id: 1 },
    );
    expect(present.candidates.map(({ id, name }) => [id, name])).toEqual([
      [0, "warmup + cosine"],
      [1, "cosine"],
      [2, "cosine 2"],
      [3, "cosine copy"],
    ]);
    expect(present.selected).toBe(3);
    expect(present.candidates[3]?.schedule).toEqual(COSINE);
  });

  test("removing the selected one selects its neighbour, and the last one stays", () => {
    const two = after({ type: "add", name: "b", schedule: COSINE });
    const one = designReducer(two, { type: "remove", id: 1 });
    expect(one.present).toMatchObject({ selected: 0, candidates: [{ id: 0 }] });
    expect(designReducer(one, { type: "remove", id: 0 }).present).toBe(one.present);
  });

  test("a freed colour is used again, and there is a limit", () => {
    const full = Array.from({ length: MOST_CANDIDATES + 3 }).reduce<DesignHistory>(
      (history) => designReducer(history, { type: "add", name: "x", schedule: COSINE }),
      start,
    );
    expect(full.present.candidates).toHaveLength(MOST_CANDIDATES);
    const room = designReducer(full, { type: "remove", id: 4 });
    expect(designReducer(room, { type: "add", name: "y", schedule: COSINE }).present.selected).toBe(4);
  });
});

describe("the link", () => {
  const STEP_LR = {
    library: "torch",
    constructor: "StepLR",
    kwargs: { step_size: 3 },
    base_lrs: [0.1],
  } as const;

  test("holds the whole design", () => {
    const { present } = after(
      { type: "add", name: "größer · 1−√t", schedule: STEP_LR },
      { type: "hide", id: 0, hidden: true },
      { type: "length", totalSteps: 5000, stepsPerEpoch: 12.5 },
      { type: "select", id: 0 },
    );
    const text = encodeDesign(present);
    expect(text).toMatch(/^[\w-]+$/);
    expect(readDesign(text ?? "")).toEqual(present);
  });

  const linkOf = (json: unknown) => Buffer.from(JSON.stringify(json)).toString("base64url");

  test.each([
    ["no base64", "%%%"],
    ["no JSON", "AAAA"],
    ["no list", linkOf({ a: 1 })],
    ["no candidate", linkOf([100, null, 0])],
    ["a schedule that is none", linkOf([100, null, 0, [0, "a", 0, { kind: "cosin" }]])],
    ["one id twice", linkOf([100, null, 0, [0, "a", 0, COSINE], [0, "b", 0, COSINE]])],
  ])("with %s is refused", (_, text) => expect(readDesign(text)).toBeNull());

  test("is mended where only a figure is wrong", () => {
    const read = readDesign(linkOf([-5, "x", 9, [3, "a", 0, COSINE], [4, "", 0, COSINE]]));
    expect(read).toEqual({
      candidates: [{ id: 3, name: "a", hidden: false, schedule: COSINE }],
      selected: 3,
      totalSteps: 1000,
      stepsPerEpoch: null,
    });
  });

  test("is refused when it would be too long", () => {
    const values = Array.from({ length: 5000 }, (_, i) => i / 1000);
    const schedule = { kind: "piecewise" as const, values, boundaries: values.slice(1) };
    expect(encodeDesign(after({ type: "add", name: "long", schedule }).present)).toBeNull();
  });
});
