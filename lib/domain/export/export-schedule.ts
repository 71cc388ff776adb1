import {
  compileDeclared,
  isNative,
  type CompiledSchedule,
  type DeclaredSchedule,
} from "@/lib/domain/schedules/declared";
import { groupsOf } from "@/lib/domain/schedules/groups-of";
import type { RunLengths } from "@/lib/domain/schedules/library-curve";
import { libraryOf } from "@/lib/domain/schedules/library-of";
import type { LibrarySchedule } from "@/lib/domain/schedules/library-schedule";
import { followsMetric } from "@/lib/domain/schedules/follows-metric";
import { isMetricDriven } from "@/lib/domain/schedules/metric-driven";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import { isUneven, unitStepping } from "@/lib/domain/schedules/cadence";
import { countsEpochs } from "@/lib/domain/schedules/to-native";
import { exportNative } from "./export-native";
import type { Dialect } from "./formula";
import type { ExportedSchedule, ExportTarget } from "./exported";
import { nativeGuess } from "./from-library";
import { ownPlateauCode } from "./plateau";
import { printCall, type CodeTarget, type StepUnit } from "./print-call";
import { printFormula } from "./print-formula";
import { without } from "./python";
import { compareCurves } from "./same-curve";
import { tableFunction, tableOf, type LrTable } from "./table";

/**
 * A schedule as code for a target library, in that library's own classes where they reproduce it, else as a formula,
 * else as a table of LRs. Throws ScheduleError for a bad declaration, also when a length of the run is missing.
 */
export function exportSchedule(
  schedule: DeclaredSchedule,
  target: ExportTarget,
  lengths: RunLengths = {},
): ExportedSchedule {
  compileDeclared(schedule, lengths);
  if (target === "json") {
    return { code: `${JSON.stringify(schedule, null, 2)}\n`, exact: true, notes: [], stepping: "step" };
  }
  if (isNative(schedule)) return exportNative(schedule, target);
  if (libraryOf(schedule) === target) return ownWords(schedule, target);
  const stepsPerEpoch = lengths.stepsPerEpoch ?? null;
  const found = equivalent(schedule);
  if (!found) return fromTable(schedule, target, lengths);
  const { native, notes } = found;
  const inEpochs = countsEpochs(schedule);
  const counted =
    inEpochs && stepsPerEpoch !== null
      ? perEpoch(native, stepsPerEpoch * unitStepping(schedule).every)
      : native;
  const exported = exportNative(counted, target);
  const stepping = inEpochs && stepsPerEpoch === null ? "epoch" : exported.stepping;
  return { ...exported, stepping, notes: [...notes, ...exported.notes] };
}

function perEpoch(native: ScheduleSpec, steps_per_epoch: number): ScheduleSpec {
  const groups = groupsOf(native).map((spec): ScheduleSpec => ({ kind: "per_epoch", spec, steps_per_epoch }));
  const [only] = groups;
  return groups.length === 1 && only ? only : { kind: "groups", groups: groups.map((spec) => ({ spec })) };
}

function ownWords(schedule: LibrarySchedule, target: CodeTarget): ExportedSchedule {
  const stepping = unitOf(schedule);
  const notes: string[] = [];
  if (schedule.resume) notes.push("Starts from the beginning: restore state_dicts to resume a run.");
  const calls = callsNote(schedule);
  if (calls !== null) notes.push(calls);
  const plateau = ownPlateauCode(schedule, target);
  if (plateau !== null) return { code: plateau, exact: true, notes, stepping: "epoch" };
  const fresh = { ...schedule, kwargs: without(schedule.kwargs, "last_epoch") };
  return { code: printCall(target, fresh, stepping), exact: !schedule.resume, notes, stepping };
}

/** What the code leaves to the training loop; null where it is one call after each update or epoch. */
function callsNote(schedule: LibrarySchedule): string | null {
  const { unit, every, calls, until, each_epoch } = unitStepping(schedule);
  if (every === 1 && !isUneven(schedule)) return null;
  const times = calls === 1 ? "" : `${calls} times `;
  const when = `after every ${every === 1 ? "" : `${every}. `}${unit === "epoch" ? "epoch" : "update"}`;
  const anew = each_epoch ? ", counted anew in each epoch" : "";
  const end = until === Infinity ? "" : `, then stop after ${until} steps`;
  return `Step the scheduler ${times}${when}${anew}${end}.`;
}

function unitOf(schedule: LibrarySchedule): StepUnit {
  const { stepping, kwargs } = schedule;
  if (countsEpochs(schedule)) return "epoch";
  const timmEpochs = libraryOf(schedule) === "timm" && kwargs.t_in_epochs !== false;
  if (stepping && "mode" in stepping) return stepping.mode === "timm-epoch" ? "epoch" : "step";
  return timmEpochs ? "epoch" : "step";
}

/** A native schedule with the same LRs, counted in scheduler steps. */
function equivalent(schedule: LibrarySchedule): { native: ScheduleSpec; notes: string[] } | null {
  const native = isUneven(schedule) ? null : nativeGuess(schedule);
  if (!native) return null;
  if (isMetricDriven(schedule) || followsMetric(native)) return { native, notes: [] };
  const perStep = countsEpochs(schedule) ? { ...schedule, stepping: undefined } : schedule;
  const { length } = compileDeclared(native);
  const { within, beyond } = compareCurves(native, perStep, length);
  // torch's and Transformers' cosines rise again after their end, where nobody means them to.
  const library = libraryOf(schedule);
  if (!within || !(beyond || library === "torch" || library === "transformers")) return null;
  const unit = unitOf(schedule);
  const note = `Made for ${length} ${unit}s: beyond them ${library} does not hold the last learning rate, and this does.`;
  return { native, notes: beyond ? [] : [note] };
}

const TABLE_LENGTH = 10_000;
/** A scheduler that has to be followed step by step is followed no further. */
const LONGEST_TABLE = 1_000_000;

function fromTable(schedule: LibrarySchedule, target: CodeTarget, lengths: RunLengths): ExportedSchedule {
  const compiled = compileDeclared(schedule, lengths);
  const known = lengths.totalSteps ?? compiled.length ?? countOf(schedule) ?? TABLE_LENGTH;
  const last = Math.min(LONGEST_TABLE, Math.max(1, Math.ceil(known)));
  const groups = target === "keras" || target === "optax" ? 1 : compiled.groups;
  const tables = Array.from({ length: groups }, (_, group) => tableOf(compiled, last, group));
  const write = (group: number, name: string, dialect: Dialect) =>
    tables.slice(group, group + 1).flatMap((table) => tableFunction(table, name, dialect));
  const peaks = tables.map(({ lrs }) => Math.max(...lrs) || 1);
  const shortfalls = shortfallsOf(compiled, tables);
  const head = `${target} has nothing like it, so its learning rates are listed up to step ${last} and the last one is held.`;
  return {
    code: printFormula(target, write, peaks, "step"),
    exact: shortfalls.length === 0,
    notes: [head, ...shortfalls],
    stepping: "step",
  };
}

/** What a list of LRs does not say of the schedule. */
function shortfallsOf(compiled: CompiledSchedule, tables: readonly LrTable[]): string[] {
  const notes: string[] = [];
  const error = Math.max(...tables.map((table) => table.error));
  const last = tables[0]?.last ?? 0;
  if (!holds(compiled, last)) notes.push(`Beyond step ${last} the schedule goes on, and the list does not.`);
  if (error > 1e-9) {
    notes.push(`Between the listed steps it is off by up to ${percent(error)} of the largest learning rate.`);
  }
  if (tables.length < compiled.groups) notes.push("Only the first param group's schedule is exported.");
  if (compiled.needsMetrics) notes.push("It follows a metric, which the list does not.");
  return notes;
}

/** Whether the LR stays where it is after `last`. */
function holds(compiled: CompiledSchedule, last: number): boolean {
  const after = [0, 1, 2, 3, Math.ceil(last / 3), last].map((ahead) => last + ahead);
  return compiled
    .at(after)
    .every((lrs) => lrs.every((lr) => Math.abs(lr - (lrs[0] ?? 0)) <= 1e-9 * Math.abs(lr)));
}

function countOf({ stepping }: LibrarySchedule): number | null {
  return stepping && "count" in stepping ? stepping.count : null;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(2))} %`;
