import { describe, expect, test } from "vitest";
import { ControlStatus } from "@/lib/contracts/control";
import {
  controlTitle,
  decisionNotice,
  failureNotice,
  lrChange,
  presentControlStatus,
} from "@/lib/presenters/control/control-card";
import { evidenceRows } from "@/lib/presenters/control/evidence";

describe("what a request does", () => {
  test.each([
    [{ kind: "scale_lr", factor: 0.5 }, "LR ×0.5"],
    [{ kind: "scale_lr", factor: 1 / 3 }, "LR ×0.333"],
    [{ kind: "scale_lr", factor: 0.1, group: 1 }, "LR of group 1 ×0.1"],
    [{ kind: "set_lr", lr: 0.001 }, "LR to 1.0e-3"],
    [{ kind: "set_lr", lr: [0.1, 0.01] }, "LR to 0.1 · 0.01"],
    [{ kind: "stop" }, "Stop the run"],
  ] as const)("%j is %s", (request, title) => {
    expect(controlTitle({ ...request, lr: "lr" in request ? [request.lr].flat() : undefined })).toBe(title);
  });

  test("the LR before and after", () => {
    const cut = { kind: "scale_lr", lr: 0.01, evidence: {} } as const;
    expect(lrChange({ ...cut, expected_lr: 0.02 })).toEqual({ from: "0.02", to: "0.01" });
    expect(lrChange({ ...cut, evidence: { current_lr: [0.2, 0.02] } })).toEqual({
      from: "0.2 · 0.02",
      to: "0.01",
    });
    expect(lrChange({ ...cut, lr: 0.003 })).toEqual({ from: "–", to: "3.0e-3" });
    expect(lrChange({ ...cut, lr: undefined })).toBeNull();
    expect(lrChange({ ...cut, kind: "stop", expected_lr: 0.02 })).toBeNull();
  });
});

test("every state has a word; what waits, flies, stands and failed have colours of their own", () => {
  const looks = ControlStatus.options.map((status) => presentControlStatus(status));
  expect(new Set(looks.map(({ word }) => word)).size).toBe(ControlStatus.options.length);
  expect(presentControlStatus("recommended").tone).toBe("recommended");
  expect(presentControlStatus("delivered").tone).toBe("inflight");
  expect(presentControlStatus("verified").tone).toBe("verified");
  expect(presentControlStatus("failed").tone).toBe("failed");
});

test("an approval says until when it can be taken back, a failure why it failed", () => {
  expect(decisionNotice("approve", "s0").detail).toContain("until then it can be withdrawn");
  expect(decisionNotice("reject", "s0").title).toBe("Rejected for s0");
  expect(failureNotice("approve", "s0", "It expired.")).toEqual({
    title: "The request for s0 could not be approved",
    detail: "It expired.",
  });
});

test("evidence is what a person can read of it", () => {
  const rows = evidenceRows({
    checks_since_best: 11,
    best: 0.15012345,
    rule: "torch",
    lrs: [0.1, 0.2],
    deep: { a: 1 },
    none: null,
  });
  expect(rows).toEqual([
    { name: "checks since best", value: "11" },
    { name: "best", value: "0.1501" },
    { name: "rule", value: "torch" },
    { name: "lrs", value: "0.1000, 0.2000" },
  ]);
});
