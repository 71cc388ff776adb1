import { describe, expect, test } from "vitest";
import { annotate } from "@/lib/presenters/charts/annotations";
import { STEPS_THEMSELVES } from "@/lib/presenters/charts/step-map";
import type { OverlayEvent } from "@/lib/contracts/overlay";

const FRAME = { steps: { from: 0, to: 1000 }, min: 0, max: 1000, width: 1000 };
const draw = (events: OverlayEvent[], frame = FRAME) => annotate(events, STEPS_THEMSELVES, frame);
const control = (
  step: number,
  status: "recommended" | "verified" | "failed" = "recommended",
): OverlayEvent => ({
  kind: "control",
  step,
  control_id: `c${step}`,
  status,
  label: "×0.5",
  message: "flat",
});
const change = (step: number): OverlayEvent => ({
  kind: "lr_change",
  step,
  from_lr: 1,
  to_lr: 0.5,
  label: "×0.5",
});
const plateau: OverlayEvent = {
  kind: "plateau",
  from_step: 412,
  to_step: 520,
  metric: "val/loss",
  checks: 108,
  message: "flat",
  control_id: null,
};

describe("annotate", () => {
  test("a plateau is a named stretch", () => {
    expect(draw([plateau]).ranges).toMatchObject([{ from: 412, to: 520, label: "plateau 412–520" }]);
  });

  test("a control request is a line whose colour and word are its status", () => {
    const [recommended, verified, failed] = draw([
      control(100),
      control(400, "verified"),
      control(800, "failed"),
    ]).rules;
    expect(recommended?.label).toBe("▼ ×0.5 recommended");
    expect(new Set([recommended?.ink.css, verified?.ink.css, failed?.ink.css]).size).toBe(3);
  });

  test("a jump of the LR that nothing asked for is a line in the colour of drift, with its word", () => {
    expect(draw([control(100), change(300)]).rules).toMatchObject([
      { id: "control-c100" },
      { id: "lr-300", label: "×0.5", ink: { css: "var(--chart-drift)", alpha: 1 }, dash: [] },
    ]);
  });

  test("firings on one standstill are one plateau", () => {
    const again = { ...plateau, to_step: 700 };
    const later = { ...plateau, from_step: 800, to_step: 900 };
    expect(draw([again, later, plateau]).ranges.map(({ from, to }) => [from, to])).toEqual([
      [412, 700],
      [800, 900],
    ]);
  });

  test("a request that came to nothing is only hinted at", () => {
    const [rule] = draw([{ ...control(100), status: "expired" } as OverlayEvent]).rules;
    expect(rule?.label).toBe("");
    expect(rule?.ink.alpha).toBeLessThan(1);
  });

  test("labels that would overlap get rows of their own, and the row is used again further on", () => {
    const { rules } = draw([control(100), control(120), control(700)]);
    expect(rules.map(({ lane }) => lane)).toEqual([0, 1, 0]);
  });

  test("labels without room are left to the crosshair; their lines stay", () => {
    const { rules } = draw([100, 104, 108, 112].map((step) => control(step)));
    expect(rules).toHaveLength(4);
    expect(rules.filter(({ label }) => label === "")).toHaveLength(1);
  });

  test("a label at the right edge stands on the left of its line", () => {
    expect(draw([control(990)]).rules[0]?.anchor).toBe("end");
    expect(draw([control(10)]).rules[0]?.anchor).toBe("start");
  });

  test("what lies outside the window is not drawn; a stretch that reaches in is", () => {
    const { rules, ranges } = draw([control(100), plateau], {
      steps: { from: 500, to: 600 },
      min: 500,
      max: 600,
      width: 1000,
    });
    expect(rules).toEqual([]);
    expect(ranges).toHaveLength(1);
  });
});
