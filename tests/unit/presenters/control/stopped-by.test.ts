import { expect, test } from "vitest";
import type { ControlRequest, ControlStatus } from "@/lib/contracts/control";
import { stoppedBy } from "@/lib/presenters/control/stopped-by";

const at = "2026-01-01T10:00:00.000Z";

function request(kind: ControlRequest["kind"], ...path: ControlStatus[]): ControlRequest {
  const history = path.map((status) => ({ status, at, by: status === "approved" ? "ana" : "job" }));
  return {
    ...{ id: "c1", run_id: "r1", kind, policy_id: null, rollback_of: null, version: 1, snoozed_until: null },
    ...{ reason: "overfits", evidence: {}, fired_step: 3, applied_step: null, applied_lr: null },
    ...{ created_at: at, expires_at: at, status: path.at(-1)!, history },
  };
}

test.each([
  [["approved"], true, "asked by ana to stop"],
  [["approved", "delivered"], true, "asked by ana to stop"],
  [["approved", "delivered", "applied"], true, "asked by ana to stop"],
  [["approved", "delivered", "applied", "verified"], false, "stopped by ana"],
  [["approved", "expired"], false, undefined],
  [["approved", "delivered", "failed"], true, undefined],
  [["approved"], false, undefined],
] as const)("a stop that is %j, the run running: %s: %s", (path, running, text) => {
  expect(stoppedBy([request("stop", ...path)], running)?.text).toBe(text);
});

test("says when and why, and looks past other requests", () => {
  const cut = request("scale_lr", "approved", "delivered", "applied", "verified");
  const stop = request("stop", "approved", "delivered", "applied", "verified");
  expect(stoppedBy([cut, stop], false)?.detail).toMatch(/2026.*: overfits$/);
  expect(stoppedBy([cut], false)).toBeNull();
});
