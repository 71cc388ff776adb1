import { describe, expect, test } from "vitest";
import { waitingFor } from "@/lib/presenters/control/waiting";
import { wireInboxItem } from "@/tests/support/wire";

const T0 = Date.parse("2026-11-23T20:00:00Z");
const iso = (seconds: number) => new Date(T0 + seconds * 1000).toISOString();
const request = (
  status: "approved" | "delivered" | "applied" | "verified" | "recommended",
  more: object = {},
) =>
  wireInboxItem({
    status,
    history: (["recommended", "approved", "delivered", "applied"] as const).map((state, i) => ({
      ...{ status: state, at: iso(i * 10), by: "job" },
    })),
    applied_step: status === "applied" ? 50 : null,
    ...more,
  });
const job = (heard: number | null, last_step: number | null = 49) =>
  ({
    status: "running",
    last_logged_at: heard === null ? null : iso(heard),
    last_step,
    started_at: iso(0),
    log_gap: 1,
  }) as const;
const said = (...args: [ReturnType<typeof request>, ReturnType<typeof job>, boolean?, number?]) =>
  waitingFor(args[0], args[1], args[2] ?? true, T0 + (args[3] ?? 60) * 1000);

describe("why it has not come further", () => {
  test("the job has not been heard of, or not for a while", () => {
    expect(said(request("approved"), job(null))).toContain("The job has logged nothing yet");
    expect(said(request("approved"), job(5), true, 45)).toContain(
      "The job last logged 40 s ago; requests are",
    );
    expect(said(request("approved"), job(5), true, 905)).toContain("15 min ago and may have stopped");
    expect(said(request("approved"), job(5), true, 124)).not.toContain("may have stopped");
    expect(said(request("approved"), job(5), true, 125)).toContain("may have stopped");
    expect(said(request("approved"), job(5))).toContain("It expires in 59 min.");
    expect(said(request("approved"), job(5), true, 3601)).toContain("It has expired.");
  });

  test("the job logs, but by a way that asks for nothing", () => {
    expect(said(request("approved"), job(40))).toContain("it has never asked for control");
  });

  test("it was handed over, and the job has not confirmed", () => {
    expect(said(request("delivered"), job(20))).toContain("Delivered 40 s ago; the job confirms");
    expect(said(request("delivered"), job(50))).toMatch(/goes out again with every reply\. It expires/);
    expect(said(request("delivered"), job(50), false)).toContain(
      "a job without an lrscope client cannot carry one out",
    );
  });

  test("the job said so, and its log does not tell", () => {
    expect(said(request("applied"), job(40, 49))).toContain("verified once the LR is logged from step 50 on");
    expect(said(request("applied", { group: 1 }), job(60, 60))).toContain("the LR of group 1 is not logged");
    expect(said(request("applied", { kind: "stop" }), job(60, 60))).toContain("it will end the run itself");
  });

  test("a person has not decided, or put it off", () => {
    expect(said(request("recommended"), job(40))).toContain("approve or reject");
    expect(said(request("recommended", { snoozed_until: iso(660) }), job(40))).toContain(
      "back in the inbox in 10 min",
    );
    expect(said(request("recommended", { snoozed_until: iso(30) }), job(40))).toContain("approve or reject");
  });

  test("nothing more is to come", () => expect(said(request("verified"), job(40))).toBeNull());
});
