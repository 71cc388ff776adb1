import { describe, expect, test } from "vitest";
import { RUN_COLORS, runColor, runColorVariable } from "@/lib/presenters/format/run-color";
import { LABEL_GROUND, WORD_SHARE } from "@/lib/presenters/charts/inks";
import { contrast, difference, mixed, seen, themeColors, VISION, type Rgb } from "@/tests/support/color";

const THEMES = ["light", "dark"] as const;
const HUES = 10;

function color(colors: Map<string, Rgb>, name: string): Rgb {
  const found = colors.get(name);
  if (!found) throw new Error(`--${name} is not in app/globals.css`);
  return found;
}

describe.each(THEMES)("the %s theme", (theme) => {
  const colors = themeColors(theme);
  const grounds = ["ground", "surface"].map((name) => color(colors, name));

  test.each(Object.entries(VISION))("ten runs stay apart with %s vision", (_name, matrix) => {
    const runs = Array.from({ length: HUES }, (_, index) => seen(color(colors, `run-${index}`), matrix));
    const pairs = runs.flatMap((a, i) => runs.slice(i + 1).map((b) => difference(a, b)));
    expect(pairs).toHaveLength(45);
    expect(Math.min(...pairs)).toBeGreaterThan(0.06);
  });

  test("a lightness step is told from its hue and from its neighbours", () => {
    const runs = Array.from({ length: RUN_COLORS }, (_, index) => color(colors, `run-${index}`));
    runs.forEach((run, index) => {
      for (const other of [index + 1, index + HUES]) {
        const against = runs[other];
        if (against) expect(difference(run, against), `run ${index} against ${other}`).toBeGreaterThan(0.05);
      }
    });
  });

  test.each(Array.from({ length: RUN_COLORS }, (_, index) => `run-${index}`))("line --%s has 3:1", (name) => {
    expect(contrast(color(colors, name), color(colors, "ground"))).toBeGreaterThanOrEqual(3);
  });

  test.each([
    "chart-lr",
    "chart-axis",
    "chart-drift",
    "chart-recommended",
    "chart-inflight",
    "chart-verified",
    "chart-failed",
  ])("mark --%s has 3:1", (name) =>
    expect(contrast(color(colors, name), color(colors, "ground"))).toBeGreaterThanOrEqual(3),
  );

  test.each([
    ...["lr", "axis", "drift", "recommended", "inflight", "verified", "failed"].map(
      (name) => `chart-${name}`,
    ),
    ...Array.from({ length: RUN_COLORS }, (_, index) => `run-${index}`),
  ])("a chart's label in the colour of --%s has 4.5:1, also where a line goes through under it", (name) => {
    const words = mixed(color(colors, name), color(colors, "ink"), WORD_SHARE);
    const over = mixed(color(colors, "ground"), color(colors, "chart-lr"), LABEL_GROUND.alpha * 100);
    for (const ground of [...grounds, over]) expect(contrast(words, ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each([
    "ink",
    "muted",
    "faint",
    "chart-axis",
    "accent",
    "recommended",
    "inflight",
    "verified",
    "failed",
    "drift",
  ])("text --%s has 4.5:1 on every ground", (name) => {
    for (const ground of grounds) expect(contrast(color(colors, name), ground)).toBeGreaterThanOrEqual(4.5);
  });

  test.each(["recommended", "inflight", "verified", "failed", "drift"])(
    "a badge's word --%s has 4.5:1",
    (name) => {
      expect(contrast(color(colors, name), color(colors, `${name}-soft`))).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("a main button's word has 4.5:1", () => {
    for (const ground of ["accent", "accent-hover"]) {
      expect(contrast(color(colors, "on-accent"), color(colors, ground))).toBeGreaterThanOrEqual(4.5);
    }
  });
});

test("a run's colour is its place in the project, and never missing", () => {
  expect(runColor(0)).toBe("var(--run-0)");
  expect(runColorVariable(12)).toBe("--run-12");
  expect(runColorVariable(30)).toBe("--run-0");
  expect(runColorVariable(-1)).toBe("--run-29");
});
