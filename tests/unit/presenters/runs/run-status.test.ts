import { expect, test } from "vitest";
import { presentRunStatus } from "@/lib/presenters/runs/run-status";

const NOW = Date.parse("2026-11-23T20:10:00Z");
const at = (secondsAgo: number) => new Date(NOW - secondsAgo * 1000).toISOString();
const running = (last_logged_at: string | null, started_at = at(1000), log_gap: number | null = 3600) =>
  presentRunStatus({ status: "running", last_logged_at, started_at, log_gap }, NOW).word;

test("a job that logs is running; one that stopped logging is silent, and says for how long", () => {
  expect(running(at(119), at(1000), 1)).toBe("running");
  expect(running(at(120), at(1000), 1)).toBe("silent for 2 min");
  expect(running(at(185), at(1000), 1)).toBe("silent for 3 min");
});

test("by its own rhythm: one that logs once an hour is not silent after three minutes", () => {
  expect(running(at(185))).toBe("running");
  expect(running(at(3.5 * 3600))).toBe("silent for 3 h");
});

test("one that is not heard of for many times its usual pause is lost", () => {
  expect(running(at(1800), at(9000), 1)).toBe("lost for 30 min");
  expect(running(at(20 * 86_400))).toBe("lost since 2026-11-03");
});

test("a job that has logged nothing yet is silent from its start", () => {
  expect(running(null, at(60), null)).toBe("running");
  expect(running(null, at(600), null)).toBe("silent for 10 min");
});

test("what has ended is not silent, and no two states share word and shape", () => {
  const ended = (["finished", "failed", "killed"] as const).map((status) =>
    presentRunStatus({ status, last_logged_at: at(9999), started_at: at(9999), log_gap: 1 }, NOW),
  );
  expect(ended.map(({ word }) => word)).toEqual(["finished", "failed", "killed"]);
  expect(new Set(ended.map(({ shape }) => shape)).size).toBe(3);
});
