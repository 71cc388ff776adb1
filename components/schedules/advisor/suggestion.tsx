import { Link } from "@/components/ui/link";
import { useMemo, type ReactNode } from "react";
import { buttonClass } from "@/components/ui/button";
import type { Advice } from "@/lib/contracts/advise";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import { curvePath } from "@/lib/presenters/schedules/curve";
import { designHref } from "@/lib/presenters/schedules/design-link";
import { Curve } from "../curve";

interface Props {
  suggestion: Advice["suggestions"][number];
  rank: number;
  /** null: open. */
  totalSteps: number | null;
  stepsPerEpoch: number;
  children: ReactNode;
}

/** Drawn for an open length: as the suggestions themselves assume. */
const OPEN_EPOCHS = 90;

/** A schedule that fits, its curve and why. */
export function Suggestion({ suggestion, rank, totalSteps, stepsPerEpoch, children }: Props) {
  const { title, schedule } = suggestion;
  const steps = totalSteps ?? OPEN_EPOCHS * stepsPerEpoch;
  const path = useMemo(() => curvePath(schedule, steps), [schedule, steps]);
  const href = designHref([{ name: title, schedule, totalSteps: steps }]);
  return (
    <li className="grid gap-x-5 gap-y-2 border-t border-line py-4 sm:grid-cols-[11rem_minmax(0,1fr)]">
      <Curve path={path} className="h-16" />
      <div className="flex min-w-0 flex-col gap-1">
        <div className="flex items-start gap-3">
          <h2 className="min-w-0 flex-1 text-base font-medium">
            <span className="mr-1.5 text-muted tabular-nums">{rank}</span>
            {title}
          </h2>
          <Link
            href={href}
            aria-label={`Open ${title} in the designer`}
            className={buttonClass("secondary", "small")}
          >
            Open in the designer
          </Link>
        </div>
        <p className="font-mono text-xs text-pretty">{describeSchedule(schedule)}</p>
        {children}
      </div>
    </li>
  );
}
