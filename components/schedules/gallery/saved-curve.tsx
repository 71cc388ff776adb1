import { useMemo } from "react";
import type { DeclaredSchedule } from "@/lib/domain/schedules/declared";
import { declaredPath } from "@/lib/presenters/schedules/curve";
import { Curve } from "../curve";

interface Props {
  schedule: DeclaredSchedule;
  className?: string;
}

/** Any declared schedule's curve, a library's too. */
export function SavedCurve({ schedule, className }: Props) {
  const path = useMemo(() => declaredPath(schedule), [schedule]);
  return <Curve path={path} className={className} />;
}
