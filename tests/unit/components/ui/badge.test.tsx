import { expect, test } from "vitest";
import { Badge, Status, type Shape } from "@/components/ui/badge";
import { renderHtml, textOf } from "@/tests/support/render";

const SHAPES: Shape[] = ["dot", "ring", "check", "cross", "square", "triangle", "clock"];

test("each shape is drawn differently, hidden from screen readers, beside its word", () => {
  const drawn = SHAPES.map((shape) =>
    renderHtml(
      <Status tone="neutral" shape={shape}>
        running
      </Status>,
    ),
  );
  expect(new Set(drawn).size).toBe(SHAPES.length);
  for (const html of drawn) {
    expect(html).toContain("aria-hidden");
    expect(textOf(html)).toBe("running");
  }
});

test("a badge stands on its tone's ground", () => {
  const html = renderHtml(
    <Badge tone="failed" shape="cross">
      failed
    </Badge>,
  );
  expect(html).toContain("bg-failed-soft");
  expect(html).toContain("text-failed");
});
