"use client";

import { useQuery } from "@tanstack/react-query";
import { ScheduleThumb } from "@/components/charts/schedule-thumb";
import { scheduleCurveQuery } from "@/lib/client/schedules/queries";
import type { RunTable } from "@/lib/contracts/runs";

type Schedule = RunTable["schedules"][number];

interface Props {
  schedule: Schedule | null;
  label: string;
  /** Said on hover behind the label. */
  note?: string;
}

/** A schedule's curve and name; the curve's place is kept where there is none. */
export function ScheduleMark({ schedule, label, note = "" }: Props) {
  return (
    <span className="flex min-w-0 items-center gap-2" title={`${label}${note}`}>
      <ScheduleSign schedule={schedule} />
      <span className={schedule === null ? "truncate text-faint" : "truncate"}>{label}</span>
    </span>
  );
}

function ScheduleSign({ schedule }: Pick<Props, "schedule">) {
  if (schedule === null) return <span className="w-14 shrink-0" />;
  return schedule.follows_metric ? <ScheduleThumb lrs={null} /> : <Thumb {...schedule} />;
}

function Thumb({ schedule, total_steps, steps_per_epoch }: Schedule) {
  const { data } = useQuery(scheduleCurveQuery({ schedule, total_steps, steps_per_epoch }));
  return <ScheduleThumb lrs={data ?? []} />;
}
