"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { MiniChart } from "@/components/control/mini-chart";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useNotify } from "@/components/ui/toast";
import { decide } from "@/lib/client/control/queries";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import type { ControlRequest, CreateControlBody } from "@/lib/contracts/control";
import type { Overlay } from "@/lib/contracts/overlay";
import type { Run } from "@/lib/contracts/runs";
import { groupRates } from "@/lib/presenters/control/group-rates";
import { type PreviewedChange, previewSchedule } from "@/lib/presenters/control/schedule-preview";
import { createControl } from "./queries";

const KINDS = [
  { value: "scale_lr", label: "multiply by" },
  { value: "set_lr", label: "set to" },
] as const;

interface Props {
  run: Run;
  lr: Overlay["lr"];
}

/** A change of the learning rate by hand; shows what will become of the schedule before it is asked for. */
export function ControlForm({ run, lr }: Props) {
  const [kind, setKind] = useState<PreviewedChange["kind"]>("scale_lr");
  const [text, setText] = useState("0.5");
  const [reason, setReason] = useState("");
  const [group, setGroup] = useState("all");
  const rates = groupRates(run, lr);
  const change = changeOf(kind, text);
  const ask = useAsk(run);
  const body = change && {
    ...change,
    ...(reason ? { reason } : {}),
    ...(group === "all" ? {} : { group: Number(group) }),
  };
  return (
    <Card title="Change the learning rate">
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (body) ask.mutate(body);
        }}
      >
        <Select label="LR" value={kind} options={KINDS} onChange={setKind} />
        <Input
          aria-label={kind === "scale_lr" ? "Factor" : "New LR"}
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={change === null}
          className="w-28 font-mono"
        />
        {rates.length > 1 ? (
          <Select
            label="of"
            value={group}
            options={[
              { value: "all", label: "all groups" },
              ...rates.map((_, g) => ({ value: String(g), label: `group ${g}` })),
            ]}
            onChange={setGroup}
          />
        ) : null}
        <Input
          aria-label="Reason"
          placeholder="why (kept in the history)"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={2000}
          className="min-w-44 flex-1 sm:max-w-72"
        />
        <Button type="submit" variant="primary" disabled={body === null || ask.isPending}>
          Ask the job
        </Button>
      </form>
      <Preview change={change} rates={rates} group={group === "all" ? 0 : Number(group)} run={run} lr={lr} />
      {ask.error ? (
        <p role="alert" className="text-sm text-failed">
          {sentenceOf(ask.error)}
        </p>
      ) : null}
    </Card>
  );
}

/** Asks the job, and offers to withdraw it for as long as the job has not come for it. */
function useAsk(run: Run) {
  const notify = useNotify();
  const client = useQueryClient();
  const refresh = () => void client.invalidateQueries({ queryKey: queryKeys.run(run.id) });
  const withdraw = async (asked: ControlRequest) => {
    try {
      await decide(asked, "reject");
      notify({ title: "Withdrawn", detail: "The job continues unchanged." });
    } catch (error) {
      notify({ title: "It could not be withdrawn", detail: sentenceOf(error), tone: "failed" });
    }
    refresh();
  };
  return useMutation({
    mutationFn: (wanted: CreateControlBody) => createControl(run.id, wanted),
    onSuccess: (asked) => {
      refresh();
      notify({
        title: "Asked the job to change its LR",
        detail: "The job receives it with its next report.",
        action: { label: "Withdraw", onClick: () => void withdraw(asked) },
      });
    },
  });
}

interface PreviewProps extends Props {
  change: PreviewedChange | null;
  rates: readonly (number | null)[];
  group: number;
}

function Preview({ change, rates, group, run, lr }: PreviewProps) {
  if (change === null) {
    return (
      <p aria-live="polite" className="mt-2 text-sm text-failed">
        Enter a number: a factor above 0 and up to 1000, or a rate of 0 or more.
      </p>
    );
  }
  const step = (run.last_step ?? -1) + 1;
  const { declared, effective } = lr;
  const { numbers, chart } = previewSchedule(change, {
    declared,
    effective,
    lr: rates[group] ?? null,
    step,
    group,
  });
  return (
    <div aria-live="polite" className="mt-3 flex flex-col gap-3">
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        {numbers.map(({ name, from, to }) => (
          <div key={name} className="flex gap-2">
            <dt className="text-muted">{name}</dt>
            <dd className="font-mono">
              {from} → <span className="font-semibold">{to}</span>
            </dd>
          </div>
        ))}
        {chart ? null : (
          <dd className="text-muted">
            {declared
              ? "The declared schedule ends here."
              : "Without a declared schedule only the current LR is known."}
          </dd>
        )}
      </dl>
      {chart ? <MiniChart chart={chart} className="max-w-3xl" /> : null}
    </div>
  );
}

/** null: not a number that can be asked for. */
function changeOf(kind: PreviewedChange["kind"], text: string): PreviewedChange | null {
  const value = text.trim() === "" ? NaN : Number(text);
  if (kind === "scale_lr") return value > 0 && value <= 1000 ? { kind, factor: value } : null;
  return value >= 0 && Number.isFinite(value) ? { kind, lr: value } : null;
}
