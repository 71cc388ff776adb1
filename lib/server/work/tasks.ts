import "server-only";
import type { BacktestRunRequest } from "@/lib/contracts/backtest";
import { inferSchedule } from "@/lib/contracts/endpoints/audit";
import { adviseSchedules, exportSchedule } from "@/lib/contracts/endpoints/schedules";
import * as runs from "@/lib/contracts/endpoints/backtest";
import * as compare from "@/lib/contracts/endpoints/compare";
import * as system from "@/lib/contracts/endpoints/system";
import { auditLog } from "../audit/audit-log";
import { inferLog } from "../audit/infer-log";
import { compareCurves } from "../compare/compare-curves";
import { compareRuns } from "../compare/compare-runs";
import { projectParts, runParts } from "../exports/text-parts";
import { runHealth } from "../health-notes/run-health";
import { groupFiles } from "../imports/open-sources";
import { batchesOf, scanGroup } from "../imports/read-group";
import { findJumps, jumpsCost } from "../overlay/lr-jumps";
import { runBacktest } from "../plateau/backtest";
import { scheduledLr, scheduledLrCost } from "../overlay/scheduled-lr";
import { foldSlice } from "../plateau/fold-slice";
import { backtestRun } from "../plateau/backtest-run";
import { adviseOn } from "../schedules/advise";
import { evaluateSchedule } from "../schedules/evaluate";
import { exportCode } from "../schedules/export";
import { inferFromLog } from "../schedules/infer";
import { replayCost, replayRule } from "../schedules/rule-curve";
import { judgeSweep } from "../schedules/judge-sweep";
import { computed } from "./computed";
import { adviseCost, backtestCost, evaluateCost, exportCost, healthCost, SEARCH, sweepCost } from "./costs";
import { long } from "./long";
import { reading } from "./reading";
import { type StreamTask, task, type Task } from "./task";

/**
 * All that may run in a worker, by name. What an entry reaches is bundled into the workers' script, so it must neither
 * open a transaction nor import what does: `runTask` is called by the services that do.
 */
export const TASKS = {
  evaluate: computed(system.evaluateSchedule, evaluateCost, evaluateSchedule),
  infer: computed(inferSchedule, () => SEARCH, inferFromLog),
  backtest: computed(system.backtest, backtestCost, runBacktest),
  exportCode: computed(exportSchedule, exportCost, exportCode),
  advise: computed(adviseSchedules, adviseCost, adviseOn),
  lrJumps: task(jumpsCost, findJumps),
  replayRule: task(replayCost, replayRule),
  audit: task(() => SEARCH, auditLog),
  inferLog: task(() => SEARCH, inferLog),
  runHealth: task(healthCost, runHealth),
  backtestRun: reading(
    runs.backtestRun,
    (ctx, { run_id, ...body }: { run_id: string } & BacktestRunRequest) => backtestRun(ctx, run_id, body),
  ),
  compare: reading(compare.compare, compareRuns),
  compareCurves: reading(compare.compareCurves, compareCurves),
  scheduledLr: task(scheduledLrCost, scheduledLr),
  foldSlice: task(() => SEARCH, foldSlice),
  judgeSweep: task(sweepCost, judgeSweep),
};

/** Those whose answer comes in parts, and those that may take minutes. */
export const STREAMS = {
  groupImport: long(groupFiles),
  scanImport: long(scanGroup),
  importBatches: { chunks: batchesOf },
  exportRun: { chunks: runParts },
  exportProject: { chunks: projectParts },
};

type Tasks = typeof TASKS;
export type TaskName = keyof Tasks;
export type InputOf<N extends TaskName> = Parameters<Tasks[N]["run"]>[0];
export type AnswerOf<N extends TaskName> = Awaited<ReturnType<Tasks[N]["run"]>>;

type Streams = typeof STREAMS;
export type StreamName = keyof Streams;
export type StreamInputOf<N extends StreamName> = Streams[N] extends StreamTask<infer I, unknown> ? I : never;
export type PartOf<N extends StreamName> = Streams[N] extends StreamTask<never, infer C> ? C : never;

/** Keeps each name together with its own types. */
type Registry = { [N in TaskName]: Task<InputOf<N>, AnswerOf<N>> };
const registry: Registry = TASKS;

export const taskCalled = <N extends TaskName>(name: N): Registry[N] => registry[name];
