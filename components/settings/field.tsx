"use client";

import { type ComponentProps, useId } from "react";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";

interface Props extends Omit<ComponentProps<typeof Input>, "id" | "value" | "onChange"> {
  label: string;
  hint?: string;
  error?: string;
  value: string;
  onChange: (text: string) => void;
}

/** A labelled field, with what is wrong under it. */
export function Field({ label, hint, error, onChange, className, ...rest }: Props) {
  const id = useId();
  const note = error ? `${label} ${error}` : hint;
  return (
    <div className={cn("flex min-w-0 flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm text-muted">
        {label}
      </label>
      <Input
        {...rest}
        id={id}
        autoComplete="off"
        spellCheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={note ? `${id}-note` : undefined}
        className={error ? "border-failed" : undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {note ? (
        <p
          id={`${id}-note`}
          role={error ? "alert" : undefined}
          className={cn("text-xs", error ? "text-failed" : "text-muted")}
        >
          {note}
        </p>
      ) : null}
    </div>
  );
}
