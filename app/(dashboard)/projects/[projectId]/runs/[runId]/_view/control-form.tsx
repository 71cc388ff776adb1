"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { useNotify } from "@/components/ui/toast";
import { sentenceOf } from "@/lib/client/http/problem-error";
import { queryKeys } from "@/lib/client/query-keys";
import type { CreateControlBody } from "@/lib/contracts/control";
import { formatLr } from "@/lib/presenters/format/number";
import { createControl } from "./queries";

type Kind = "scale_lr" | "set_lr";

const KINDS = [
  { value: "scale_lr", label: "multiply by" },
  { value: "set_lr", label: "set to" },
] as const;

interface Props {
  runId: string;
  /** The LR in use, when known. */
  lr: number | null;
}

/** A change of the learning rate by hand; says what will happen before it is asked for. */
export function ControlForm({ runId, lr }: Props) {
  const [kind, setKind] = useState<Kind>("scale_lr");
  const [text, setText] = useState("0.5");
  const [reason, setReason] = useState("");
  const notify = useNotify();
  const client = useQueryClient();
  const body = bodyOf(kind, text, reason, lr);
  const send = useMutation({
    mutationFn: (wanted: CreateControlBody) => createControl(runId, wanted),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: queryKeys.run(runId) });
      notify({ title: "Asked the job to change its LR", detail: "It gets it with its next report." });
    },
  });
  return (
    <Card title="Change the learning rate">
      <form
        className="flex flex-wrap items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (body) send.mutate(body);
        }}
      >
        <Select label="LR" value={kind} options={KINDS} onChange={setKind} />
        <Input
          aria-label={kind === "scale_lr" ? "Factor" : "New LR"}
          inputMode="decimal"
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-invalid={body === null}
          className="w-28 font-mono"
        />
        <Input
          aria-label="Reason"
          placeholder="why (kept in the history)"
          value={reason}
          onChange={(event) => setReason(event.target.value)}
          maxLength={2000}
          className="max-w-72 flex-1"
        />
        <Button type="submit" variant="primary" disabled={body === null || send.isPending}>
          Ask the job
        </Button>
      </form>
      <p aria-live="polite" className="mt-2 text-sm text-muted tabular-nums">
        {preview(body, lr)}
      </p>
      {send.error ? (
        <p role="alert" className="text-sm text-failed">
          {sentenceOf(send.error)}
        </p>
      ) : null}
    </Card>
  );
}

/** null: not a number that can be asked for. The LR expected is sent along, so that a change meanwhile refuses it. */
function bodyOf(kind: Kind, text: string, reason: string, lr: number | null): CreateControlBody | null {
  const value = text.trim() === "" ? NaN : Number(text);
  const shared = { ...(reason ? { reason } : {}), ...(lr === null ? {} : { expected_lr: lr }) };
  if (kind === "scale_lr") return value > 0 && value <= 1000 ? { kind, factor: value, ...shared } : null;
  return value >= 0 && Number.isFinite(value) ? { kind, lr: value, ...shared } : null;
}

function preview(body: CreateControlBody | null, lr: number | null): string {
  if (body === null) return "Give a number: a factor above 0 up to 1000, or a rate from 0 up.";
  const target =
    body.kind === "set_lr" ? body.lr : lr === null || body.factor === undefined ? null : lr * body.factor;
  if (target === null || target === undefined) {
    return `The rate is multiplied by ${body.factor}, whatever it is then; the job has not told its present one.`;
  }
  const from = lr === null ? "" : ` from ${formatLr(lr)}`;
  const after =
    body.kind === "scale_lr" ? " The schedule goes on, scaled by the factor." : " The schedule is left.";
  return `The rate goes${from} to ${formatLr(target)} at the job’s next report.${after}`;
}
