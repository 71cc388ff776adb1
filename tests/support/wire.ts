import { InboxItem } from "@/lib/contracts/control";
import { Project } from "@/lib/contracts/projects";
import type { RunTableRow } from "@/lib/contracts/run-rows";
import { Run } from "@/lib/contracts/runs";

/** A run as the API sends it. */
export function wireRun(patch: Partial<Run> = {}): Run {
  return Run.parse({
    id: "r1",
    project: { id: "p1", name: "digits" },
    name: "cosine-s0",
    status: "finished",
    group: "cosine",
    seed: 0,
    tags: [],
    config: {},
    notes: "",
    schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 1000 },
    schedule_source: "declared",
    schedule_family: "cosine",
    lr_metric: "lr",
    verdict: { audit: "match", figure: null, health: "good", plateau: null },
    total_steps: 1000,
    steps_per_epoch: null,
    created_at: "2026-11-23T20:00:00Z",
    started_at: "2026-11-23T20:00:00Z",
    ended_at: "2026-11-23T20:01:30Z",
    last_logged_at: "2026-11-23T20:01:30Z",
    log_gap: null,
    liveness: null,
    archived_at: null,
    last_step: 999,
    summary: {
      "val/loss": { last: 0.09, min: 0.08, max: 2.3, step: 999 },
      lr: { last: 0.001, min: 0.001, max: 0.1, step: 999 },
    },
    ...patch,
  });
}

/** A row of the runs table, with the last and the lowest of its metric. */
export function tableRow(patch: Partial<RunTableRow> = {}): RunTableRow {
  return {
    id: "r1",
    project: { id: "p1", name: "digits", runs: 1 },
    place: 0,
    name: "cosine-s0",
    status: "finished",
    group: "cosine",
    seed: 0,
    tags: [],
    schedule: {
      schedule: { kind: "cosine", peak: 0.1, floor: 0, steps: 1000 },
      total_steps: 1000,
      steps_per_epoch: null,
      follows_metric: false,
    },
    schedule_family: "cosine",
    schedule_source: "declared",
    audit: "match",
    figure: null,
    health: "good",
    plateau: null,
    lr_metric: "lr",
    lr: 0.001,
    total_steps: 1000,
    last_step: 999,
    created_at: "2026-11-23T20:00:00Z",
    started_at: "2026-11-23T20:00:00Z",
    ended_at: "2026-11-23T20:01:30Z",
    last_logged_at: "2026-11-23T20:01:30Z",
    log_gap: null,
    archived_at: null,
    values: { "metric:val/loss": 0.09, "metric:val/loss:min": 0.08 },
    ...patch,
  };
}

export function wireProject(patch: Partial<Project> = {}): Project {
  return Project.parse({
    id: "p1",
    name: "digits",
    description: "",
    primary_metric: { key: "val/loss", mode: "min" },
    plateau: [],
    panels: { pinned: [] },
    created_at: "2026-11-23T20:00:00Z",
    runs: 1,
    running: 0,
    silent: 0,
    drift: 0,
    last_activity_at: "2026-11-23T20:01:30Z",
    ...patch,
  });
}

export function wireInboxItem(patch: Partial<InboxItem> = {}): InboxItem {
  return InboxItem.parse({
    id: "c1",
    run_id: "r1",
    kind: "scale_lr",
    factor: 0.5,
    lr: 0.01,
    expected_lr: 0.02,
    status: "recommended",
    policy_id: "pol1",
    rollback_of: null,
    version: 1,
    snoozed_until: null,
    reason: "val/loss has not improved for 11 checks.",
    evidence: { best: 0.15, checks_since_best: 11 },
    fired_step: 640,
    applied_step: null,
    applied_lr: null,
    created_at: "2026-11-23T20:00:00Z",
    expires_at: "2026-11-23T21:00:00Z",
    history: [{ status: "recommended", at: "2026-11-23T20:00:00Z", by: "policy" }],
    run: { name: "cosine-s0", project: { id: "p1", name: "digits" }, status: "running", last_step: 650 },
    ...patch,
  });
}
