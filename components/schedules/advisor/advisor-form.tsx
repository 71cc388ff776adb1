"use client";

import { Select, type SelectOption } from "@/components/ui/select";
import {
  ARCHITECTURE_OPTIONS,
  OPTIMIZER_OPTIONS,
  type AdvisorField,
  type AdvisorForm as Form,
} from "@/lib/presenters/schedules/advisor-form";
import type { FieldErrors } from "@/lib/presenters/schedules/edit-layer";
import { FieldRow } from "../field-row";
import { Input } from "@/components/ui/input";

interface Props {
  form: Form;
  errors: FieldErrors;
  onChange: (field: AdvisorField, text: string) => void;
}

const STARTS: readonly SelectOption<string>[] = [
  { value: "scratch", label: "from scratch" },
  { value: "fine_tune", label: "fine-tuning" },
];

const UNITS: readonly SelectOption<string>[] = [
  { value: "epochs", label: "epochs" },
  { value: "steps", label: "steps" },
  { value: "open", label: "open: no end yet" },
];

/** What is trained, on what, for how long. */
export function AdvisorForm({ form, errors, onChange }: Props) {
  const choice = (
    field: AdvisorField,
    label: string,
    hint: string,
    options: readonly SelectOption<string>[],
  ) => (
    <FieldRow label={label} hint={hint} error={errors[field]} words named>
      {() => (
        <Select
          label={label}
          hideLabel
          value={form[field]}
          options={options}
          onChange={(value) => onChange(field, value)}
          className="w-full justify-between"
        />
      )}
    </FieldRow>
  );
  const number = (field: AdvisorField, label: string, hint: string, placeholder?: string) => (
    <FieldRow label={label} hint={hint} error={errors[field]} words>
      {({ id, describedBy }) => (
        <Input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={errors[field] ? true : undefined}
          inputMode="decimal"
          autoComplete="off"
          placeholder={placeholder}
          value={form[field]}
          onChange={(event) => onChange(field, event.currentTarget.value)}
          className="tabular-nums"
        />
      )}
    </FieldRow>
  );
  return (
    <form
      aria-label="Question"
      onSubmit={(event) => event.preventDefault()}
      className="flex h-fit flex-col gap-1.5"
    >
      <h1 className="mb-2 text-xl font-semibold tracking-tight">Which schedule?</h1>
      {choice("architecture", "Architecture", "What kind of model it is.", ARCHITECTURE_OPTIONS)}
      {choice("optimizer", "Optimizer", "What takes the steps.", OPTIMIZER_OPTIONS)}
      {choice("start", "Start", "New weights, or pretrained ones.", STARTS)}
      {number("data", "Training examples", "In an epoch.")}
      {number("batch", "Batch size", "Examples in one optimizer update, over all devices.")}
      {choice("unit", "Budget in", "How the length of the training is given.", UNITS)}
      {form.unit === "open" ? null : number("budget", `Budget, ${form.unit}`, "The length of the training.")}
      <h2 className="mt-3 text-sm font-medium">What is known already</h2>
      {number("ref_lr", "Good LR", "An LR that works, to scale from.", "rule of thumb")}
      {number("ref_batch", "at batch size", "The batch size at which that LR works.", "rule of thumb")}
      {number("beta2", "Adam’s β₂", "For Adam and its kin.", "0.999")}
    </form>
  );
}
