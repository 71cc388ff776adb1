"use client";

import dynamic from "next/dynamic";
import { useState, type Dispatch } from "react";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Skeleton } from "@/components/ui/skeleton";
import { isNative } from "@/lib/domain/schedules/declared";
import { describeSchedule } from "@/lib/domain/schedules/describe-schedule";
import type { ScheduleSpec } from "@/lib/domain/schedules/spec";
import type { Candidate, Design, DesignAction } from "@/lib/presenters/schedules/design";
import { compose, decompose } from "@/lib/presenters/schedules/layers";
import { nativeOf } from "@/lib/presenters/schedules/native-of";
import { CandidateForm } from "./candidate-form";

/** Fetched for a schedule that has no form, with the schemas that check what is typed. */
const JsonEditor = dynamic(() => import("./json-editor").then((file) => file.JsonEditor), {
  ssr: false,
  loading: () => <Skeleton className="h-[24rem]" />,
});

interface Props {
  candidate: Candidate;
  design: Design;
  dispatch: Dispatch<DesignAction>;
}

/** The selected candidate: its name, and its parameters as a form where it has one, else as JSON. */
export function CandidateEditor({ candidate, design, dispatch }: Props) {
  const { id, name, schedule } = candidate;
  const layers = isNative(schedule) ? decompose(schedule) : null;
  const [asJson, setAsJson] = useState(false);
  const settle = () => dispatch({ type: "settle" });
  const edit = (next: Candidate["schedule"], field: string) =>
    dispatch({ type: "edit", id, schedule: next, field });
  const native = isNative(schedule) ? null : nativeOf(schedule, design.stepsPerEpoch);
  return (
    <section aria-label="Parameters" className="flex flex-col">
      <div className="flex items-center gap-2 pb-1.5">
        <Name key={name} name={name} onRename={(next) => dispatch({ type: "rename", id, name: next })} />
        {layers ? (
          <Button size="small" variant="ghost" aria-pressed={asJson} onClick={() => setAsJson(!asJson)}>
            {asJson ? "Form" : "JSON"}
          </Button>
        ) : null}
      </div>
      {layers ? null : <Foreign native={native} onConvert={(spec) => edit(spec, "convert")} />}
      <p className="pb-2 text-sm text-pretty text-muted">{wordsOf(schedule)}</p>
      {layers && !asJson ? (
        <CandidateForm
          layers={layers}
          totalSteps={design.totalSteps}
          stepsPerEpoch={design.stepsPerEpoch}
          onEdit={(next, field) => edit(compose(next), field)}
          onLeave={settle}
        />
      ) : (
        <JsonEditor schedule={schedule} onEdit={(next) => edit(next, "json")} onLeave={settle} />
      )}
    </section>
  );
}

/** A bad argument is told beside the candidate; here it only leaves the words out. */
function wordsOf(schedule: Candidate["schedule"]): string {
  try {
    return describeSchedule(schedule);
  } catch {
    return "";
  }
}

function Name({ name, onRename }: { name: string; onRename: (name: string) => void }) {
  const [text, setText] = useState(name);
  const leave = () => {
    const next = text.trim();
    if (next === "") setText(name);
    else if (next !== name) onRename(next);
  };
  return (
    <Input
      aria-label="Name of the candidate"
      maxLength={250}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={leave}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
      }}
      className="font-medium"
    />
  );
}

interface ForeignProps {
  native: ScheduleSpec | null;
  onConvert: (spec: ScheduleSpec) => void;
}

/** Why there is no form, and the way to one where there is a way. */
function Foreign({ native, onConvert }: ForeignProps) {
  return (
    <div className="flex flex-wrap items-center gap-2 pb-1.5 text-sm text-muted">
      <span>This schedule can only be edited as JSON.</span>
      {native ? (
        <Button size="small" onClick={() => onConvert(native)}>
          Convert to a form
        </Button>
      ) : null}
    </div>
  );
}
