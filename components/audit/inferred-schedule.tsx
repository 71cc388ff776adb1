"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/badge";
import { Button, buttonClass } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Skeleton } from "@/components/ui/skeleton";
import type { RunAudit } from "@/lib/contracts/audit";
import type { Run } from "@/lib/contracts/runs";
import { runDesignHref } from "@/lib/presenters/schedules/run-design";
import { runAuditQuery } from "./queries";
import { useAdopt } from "./use-adopt";

type Inferred = NonNullable<RunAudit["inferred"]>;

/** What the logged LR looks like, where nothing is declared; nothing where no LR is logged. Its place is kept. */
export function InferredSchedule({ run, logsLr }: { run: Run; logsLr: boolean }) {
  const asked = run.schedule_source !== "declared" && logsLr;
  const { data, error } = useQuery({ ...runAuditQuery(run.id, run.status === "running"), enabled: asked });
  if (!asked || error) return null;
  if (!data) return <Skeleton className="h-10" />;
  if (data.inferred) return <Proposal run={run} inferred={data.inferred} />;
  return (
    <section aria-label="Inferred schedule" className={cn(LINE, "flex min-h-10 items-center text-muted")}>
      No schedule is declared, and the logged LR matches no known schedule.
    </section>
  );
}

const LINE = "rounded-md bg-surface px-3 py-1.5 text-sm";

function Proposal({ run, inferred }: { run: Run; inferred: Inferred }) {
  const { adopt, pending } = useAdopt(run);
  const { schedule, description, max_relative_error: error, notes, alternatives } = inferred;
  return (
    <section aria-label="Inferred schedule" className={LINE}>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Status tone="neutral" shape="ring">
          inferred
        </Status>
        <p className="min-w-0 flex-1 text-pretty max-sm:basis-full">
          No schedule is declared. The logged LR looks like <span className="font-medium">{description}</span>{" "}
          <span className="text-muted tabular-nums">({errorText(error)})</span>.
        </p>
        <Link
          href={runDesignHref(run, [inferred, ...alternatives])}
          className={buttonClass("ghost", "small")}
        >
          Open in the designer
        </Link>
        <Button size="small" disabled={pending} onClick={() => adopt(schedule)}>
          Adopt
        </Button>
      </div>
      {notes.length > 0 ? <p className="mt-1 text-pretty text-muted">{notes.join(" ")}</p> : null}
      {alternatives.length > 0 ? (
        <details className="mt-1">
          <summary className="w-fit cursor-pointer rounded text-muted hover:text-ink">
            {alternatives.length === 1 ? "One alternative" : `${alternatives.length} alternatives`}
          </summary>
          <ul className="flex flex-col">
            {alternatives.map((other) => (
              <li key={other.description} className="flex flex-wrap items-center gap-x-3">
                <span className="min-w-0 flex-1 text-pretty">
                  {other.description}{" "}
                  <span className="text-muted tabular-nums">({errorText(other.max_relative_error)})</span>
                </span>
                <Button size="small" variant="ghost" disabled={pending} onClick={() => adopt(other.schedule)}>
                  Adopt
                </Button>
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  );
}

const errorText = (error: number): string =>
  error < 1e-6 ? "to the last digit" : `off by at most ${Number((error * 100).toPrecision(2))} %`;
