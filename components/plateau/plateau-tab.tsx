"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import type { PlateauPolicyState } from "@/lib/contracts/plateau";
import type { PrimaryMetric } from "@/lib/contracts/projects";
import type { Run } from "@/lib/contracts/runs";
import { formatInteger, formatValue } from "@/lib/presenters/format/number";
import { counterFigures } from "@/lib/presenters/plateau/counter-words";
import { flatness } from "./plateau-card";
import { PolicyEditor } from "./policy-editor";

interface Props {
  run: Pick<Run, "id" | "name" | "project">;
  policies: readonly PlateauPolicyState[];
  /** Offered for a policy's metric; a new one is about the primary metric. */
  metrics: readonly string[];
  primary: PrimaryMetric | null;
  onStep: (step: number) => void;
}

/** It goes through the whole run, and draws a chart. */
const BacktestPanel = dynamic(() => import("./backtest-panel").then((module) => module.BacktestPanel), {
  loading: () => <Skeleton className="h-96" />,
});

/** A run's plateau policies, and when others would have fired on it. */
export function PlateauTab(props: Props) {
  const { run, policies, metrics, primary } = props;
  return (
    <div className="flex flex-col gap-8">
      <Policies {...props} />
      {metrics.length > 0 ? <BacktestPanel {...{ run, policies, metrics, primary }} /> : null}
    </div>
  );
}

/** What the policies wait for, where they stand, what they fired; and a way to change them. */
function Policies({ run, policies, metrics, primary, onStep }: Props) {
  const [editing, setEditing] = useState(false);
  if (editing) {
    return (
      <PolicyEditor
        runId={run.id}
        projectId={run.project.id}
        {...{ policies, metrics, primary }}
        onClose={() => setEditing(false)}
      />
    );
  }
  if (policies.length === 0) {
    return (
      <EmptyState
        title="No plateau policy"
        actions={<Button onClick={() => setEditing(true)}>Add a policy</Button>}
      >
        A policy watches one metric and recommends a lower learning rate, or applies it, when the metric stops
        improving.
      </EmptyState>
    );
  }
  return (
    <div className="flex flex-col gap-3">
      {policies.map((policy) => (
        <Policy key={policy.id} policy={policy} onStep={onStep} />
      ))}
      <div>
        <Button onClick={() => setEditing(true)}>Edit policies</Button>
      </div>
    </div>
  );
}

function Policy({ policy, onStep }: { policy: PlateauPolicyState; onStep: (step: number) => void }) {
  return (
    <Card
      title={policy.metric}
      aside={
        <span className="text-xs text-muted">
          {policy.action === "apply" ? "applies automatically" : "recommends"}
        </span>
      }
    >
      <p className="max-w-prose text-base">{policy.description}</p>
      <p className="mt-1 text-sm text-muted tabular-nums">
        {flatness(policy)}
        {policy.best_step === null ? "" : `, last improved at step ${formatInteger(policy.best_step)}`}
        {policy.best === null ? "" : ` to ${formatValue(Number(policy.best))}`}
      </p>
      <dl className="mt-3 grid grid-cols-[repeat(auto-fill,minmax(14rem,1fr))] gap-x-4 gap-y-1 text-sm">
        {counterFigures(policy.state).map(({ name, label, text, exact }) => (
          <div key={name} className="flex justify-between gap-2 border-b border-line py-0.5">
            <dt className="text-muted" title={name}>
              {label}
            </dt>
            <dd className="truncate font-mono tabular-nums" title={exact}>
              {text}
            </dd>
          </div>
        ))}
      </dl>
      <h3 className="mt-3 text-sm font-medium text-muted">Fired</h3>
      <Fired fired={policy.fired} onStep={onStep} />
    </Card>
  );
}

const FEW = 12;

/** Where it fired; the latest few of many, since a metric that stays flat fires again and again. */
function Fired({ fired, onStep }: Pick<PlateauPolicyState, "fired"> & Pick<Props, "onStep">) {
  const [all, setAll] = useState(false);
  if (fired.length === 0) return <p className="text-sm text-muted">Not yet.</p>;
  return (
    <ul className="flex flex-wrap gap-1.5 pt-1">
      {fired.length > FEW ? (
        <li>
          <Button size="small" variant="ghost" onClick={() => setAll(!all)}>
            {all ? `Show the last ${FEW}` : `Show all ${formatInteger(fired.length)}`}
          </Button>
        </li>
      ) : null}
      {(all ? fired : fired.slice(-FEW)).map((firing) => (
        <li key={firing.step}>
          <Button
            size="small"
            title={firing.withheld ? `No request was made: ${firing.withheld}.` : undefined}
            onClick={() => onStep(firing.step)}
          >
            step {formatInteger(firing.step)}
            {firing.since_step === null ? null : (
              <span className="font-normal text-muted">flat since {formatInteger(firing.since_step)}</span>
            )}
            {firing.withheld ? <span className="font-normal text-faint">no request</span> : null}
          </Button>
        </li>
      ))}
    </ul>
  );
}
