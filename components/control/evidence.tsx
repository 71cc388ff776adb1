"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { evidenceQuery } from "@/lib/client/control/queries";
import type { ControlRequest } from "@/lib/contracts/control";
import { evidenceRows } from "@/lib/presenters/control/evidence";
import {
  type EvidenceWindow,
  evidenceWindow,
  presentEvidence,
} from "@/lib/presenters/control/evidence-chart";
import { MiniChart } from "./mini-chart";

/** Why a policy fired: its metric around the firing, and the detector's figures behind a button. */
export function Evidence({ request, withChart }: { request: ControlRequest; withChart: boolean }) {
  const window = withChart ? evidenceWindow(request) : null;
  return (
    <div className="flex flex-col gap-2">
      {window ? <EvidenceChart runId={request.run_id} window={window} /> : null}
      <Figures request={request} />
    </div>
  );
}

function EvidenceChart({ runId, window }: { runId: string; window: EvidenceWindow }) {
  const { data, error } = useQuery(evidenceQuery(runId, window));
  if (error) return <p className="text-xs text-muted">The metric around this step could not be loaded.</p>;
  if (!data) return <Skeleton className="h-[92px]" />;
  const chart = presentEvidence(window, data.points);
  return chart ? <MiniChart chart={chart} /> : null;
}

function Figures({ request }: { request: ControlRequest }) {
  const [open, setOpen] = useState(false);
  const rows = evidenceRows(request.evidence);
  if (rows.length === 0) return null;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="rounded text-xs text-muted underline-offset-2 hover:text-ink hover:underline"
      >
        {open ? "Hide the evidence" : "Show the evidence"}
      </button>
      {open ? (
        <dl className="mt-2 grid w-fit grid-cols-[auto_auto] gap-x-6 gap-y-1 text-xs">
          {rows.map(({ name, value }) => (
            <div key={name} className="col-span-2 grid grid-cols-subgrid">
              <dt className="text-muted">{name}</dt>
              <dd className="font-mono tabular-nums">{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}
