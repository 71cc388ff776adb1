"use client";

import { useQuery } from "@tanstack/react-query";
import { ScheduleThumb } from "@/components/charts/schedule-thumb";
import { replayQuery, scheduleCurveQuery } from "@/lib/client/schedules/queries";
import type { RunTable } from "@/lib/contracts/runs";

type Schedule = RunTable["schedules"][number];

interface Props {
  schedule: Schedule | null;
  label: string;
  /** Whose log a rule that follows a metric is run over; absent: several runs'. */
  runId?: string;
  /** Said on hover behind the label. */
  note?: string;
}

/** A schedule's curve and name; the curve's place is kept where there is none. */
export function ScheduleMark({ schedule, label, runId, note = "" }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={`${label}${note}`}>
      <ScheduleSign schedule={schedule} runId={runId} />
      <span className={schedule === null ? "truncate text-faint" : "truncate"}>{label}</span>
    </span>
  );
}

function ScheduleSign({ schedule, runId }: Pick<Props, "schedule" | "runId">) {
  if (schedule === null) return <span className="w-14 shrink-0" />;
  if (!schedule.follows_metric) return <Thumb {...schedule} />;
  return runId === undefined ? <ScheduleThumb lrs={null} /> : <RuleThumb runId={runId} />;
}

function RuleThumb({ runId }: { runId: string }) {
  const { data = null } = useQuery(replayQuery(runId));
  return <ScheduleThumb lrs={data} />;
}

function Thumb({ schedule, total_steps, steps_per_epoch }: Schedule) {
  const { data } = useQuery(scheduleCurveQuery({ schedule, total_steps, steps_per_epoch }));
  return <ScheduleThumb lrs={data ?? []} />;
}
