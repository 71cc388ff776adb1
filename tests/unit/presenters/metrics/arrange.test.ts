import { fc, test as propertyTest } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { Panels } from "@/lib/contracts/projects";
import { choicesOf, moveTo, placePanel, placeSection, putDown } from "@/lib/presenters/metrics/arrange";
import { metricSections, PINNED, togglePinned } from "@/lib/presenters/metrics/sections";

const named = (...keys: string[]) => keys.map((key) => ({ key }));
const METRICS = named("lr", "train/acc", "train/loss", "train/norm", "val/acc", "val/loss", "system/cpu");
const panels = (pinned: string[] = [], sections: Panels["sections"] = []): Panels => ({ pinned, sections });
const shownOf = (arranged: Panels, metrics = METRICS) => metricSections(metrics, arranged);
const seen = (arranged: Panels, metrics = METRICS) =>
  shownOf(arranged, metrics).map(({ title, keys }) => `${title}: ${keys.join(" ")}`);

test("pinning twice is not pinning", () => {
  expect(togglePinned(panels(["a"]), "b").pinned).toEqual(["a", "b"]);
  expect(togglePinned(panels(["a", "b"]), "a").pinned).toEqual(["b"]);
});

describe("a panel is put", () => {
  const put = (arranged: Panels, key: string, section: string, before: string | null) =>
    placePanel(arranged, shownOf(arranged), key, { section, before });

  test("in front of another of its prefix, and nothing else moves", () => {
    expect(seen(put(panels(), "train/norm", "train", "train/acc"))).toEqual([
      "Without a prefix: lr",
      "train: train/norm train/acc train/loss",
      "val: val/acc val/loss",
      "System: system/cpu",
    ]);
  });

  test("into another prefix's section, and into one of the reader's own, which comes first", () => {
    const own = put(put(panels(), "train/acc", "val", "val/loss"), "lr", "Rates", null);
    expect(seen(own)).toEqual([
      "Rates: lr",
      "train: train/loss train/norm",
      "val: val/acc train/acc val/loss",
      "System: system/cpu",
    ]);
  });

  test("among the pinned ones, and out of them", () => {
    const pinned = put(panels(["lr", "val/loss"]), "val/acc", PINNED, "val/loss");
    expect(pinned.pinned).toEqual(["lr", "val/acc", "val/loss"]);
    const out = put(pinned, "lr", "train", "train/loss");
    expect(out.pinned).toEqual(["val/acc", "val/loss"]);
    expect(seen(out)[1]).toBe("train: train/acc lr train/loss train/norm");
  });

  test("beside what this page does not show, which stays", () => {
    const own = panels(["gone"], [{ title: "Mine", keys: ["gone/a", "lr", "gone/b"] }]);
    const shown = shownOf(own);
    const next = placePanel(own, shown, "val/loss", { section: "Mine", before: "lr" });
    expect(next.sections[0]).toEqual({ title: "Mine", keys: ["gone/a", "val/loss", "lr", "gone/b"] });
    expect(next.pinned).toEqual(["gone"]);
  });

  test("back to its prefix, where its name puts it; a section of one's own that is left empty is gone", () => {
    const own = put(panels(["train/loss"]), "train/loss", "Mine", null);
    expect(seen(own)[0]).toBe("Mine: train/loss");
    const [back, done] = moveTo(own, shownOf(own), "train/loss", null);
    expect(done).toBe("Moved train/loss back to train");
    expect(seen(back)).toEqual(seen(panels()));
    expect(back.sections.map(({ title }) => title)).not.toContain("Mine");
    const other = put(own, "train/loss", "Theirs", null);
    expect(other.sections.map(({ title }) => title)).not.toContain("Mine");
  });
});

describe("a section is put", () => {
  test("in front of another; a prefix that comes later stands behind its neighbour by name", () => {
    const next = placeSection(panels(), shownOf(panels()), "val", "/");
    expect(seen(next).map((line) => line.split(":")[0])).toEqual([
      "val",
      "Without a prefix",
      "train",
      "System",
    ]);
    expect(seen(next, [...METRICS, { key: "test/loss" }]).map((line) => line.split(":")[0])).toEqual([
      "val",
      "Without a prefix",
      "test",
      "train",
      "System",
    ]);
  });

  test("at the end", () => {
    const [next, done] = putDown(
      panels(),
      shownOf(panels()),
      { kind: "section", id: "/" },
      { section: "", before: null },
    );
    expect(done).toBe("Moved Without a prefix");
    const place = (section: string) =>
      putDown(panels(), shownOf(panels()), { kind: "panel", id: "val/loss" }, { section, before: null })[1];
    expect([place("val"), place("train")]).toEqual(["Moved val/loss", "Moved val/loss to train"]);
    expect(seen(next).at(-1)).toBe("Without a prefix: lr");
  });
});

test("a chart that comes later stands behind its neighbour by name", () => {
  const shown = shownOf(panels());
  const next = placePanel(panels(), shown, "train/norm", { section: "train", before: "train/acc" });
  const more = [...METRICS, { key: "train/best" }, { key: "train/aa" }];
  expect(seen(next, more)[1]).toBe("train: train/aa train/norm train/acc train/best train/loss");
});

test("a panel may be moved to any other section, by id, by title whatever the case, or to a new one", () => {
  const [arranged, done] = moveTo(panels(["train/acc"]), shownOf(panels()), "val/loss", "Mine");
  expect(done).toBe("Moved val/loss to Mine");
  const { home, others } = choicesOf(arranged, shownOf(arranged), "val/loss");
  expect(home).toBe("val");
  expect(others.map(({ title }) => title)).toEqual(["Without a prefix", "train", "System"]);
  expect(choicesOf(arranged, shownOf(arranged), "lr").home).toBeNull();
  const [into, said] = moveTo(arranged, shownOf(arranged), "val/loss", "SYSTEM");
  expect(said).toBe("Moved val/loss to System");
  expect(seen(into).at(-1)).toBe("System: system/cpu val/loss");
});

const anyKey = fc.constantFrom(...METRICS.map(({ key }) => key));
const anySection = fc.constantFrom(PINNED, "/", "train", "val", "system", "Mine", "Theirs");
const anyMove = fc.record({
  key: anyKey,
  section: anySection,
  before: fc.option(anyKey),
  whole: fc.boolean(),
});

propertyTest.prop([fc.array(anyMove, { maxLength: 12 })])(
  "whatever is moved where, each chart stands once, the others keep their order, and it can be stored",
  (moves) => {
    let arranged = panels();
    for (const { key, section, before, whole } of moves) {
      const shown = shownOf(arranged);
      const rest = shown.flatMap(({ keys }) => keys.filter((other) => other !== key));
      arranged =
        whole && section !== PINNED
          ? placeSection(arranged, shown, section, null)
          : placePanel(arranged, shown, key, { section, before });
      const after = shownOf(arranged).flatMap(({ keys }) => keys);
      expect([...after].sort()).toEqual(METRICS.map((metric) => metric.key).sort());
      if (!whole) expect(after.filter((other) => other !== key)).toEqual(rest);
      expect(Panels.parse(arranged)).toEqual(arranged);
    }
  },
);
