"use client";

import { useId, useState, type ReactNode } from "react";
import { cn } from "@/components/ui/class-names";
import { Input } from "@/components/ui/input";

interface Props {
  /** The standard name, as code writes it; or words. */
  label: string;
  hint: string;
  error?: string | null;
  words?: boolean;
  /** What is edited names itself, as a select does. */
  named?: boolean;
  children: (ids: { id: string; describedBy: string | undefined }) => ReactNode;
}

const LABEL = "truncate text-sm text-muted";

/** A parameter: its name, its field, and under it what is wrong. */
export function FieldRow({ label, hint, error, words = false, named = false, children }: Props) {
  const id = useId();
  return (
    <div className="grid grid-cols-[minmax(7.5rem,2fr)_minmax(0,3fr)] items-center gap-x-2">
      {named ? (
        <span aria-hidden title={hint} className={cn(LABEL, !words && "font-mono")}>
          {label}
        </span>
      ) : (
        <label htmlFor={id} title={hint} className={cn(LABEL, !words && "font-mono")}>
          {label}
        </label>
      )}
      {children({ id, describedBy: error ? `${id}-error` : undefined })}
      {error ? (
        <p id={`${id}-error`} role="alert" className="col-start-2 pt-0.5 text-xs text-failed">
          {label} {error}
        </p>
      ) : null}
    </div>
  );
}

interface DraftProps {
  label: string;
  hint: string;
  value: string;
  placeholder?: string;
  words?: boolean;
  /** Takes what was typed; answers what is wrong with it, or null when it was taken. */
  onType: (text: string) => string | null;
  onLeave?: () => void;
}

/** A field that keeps what is being typed, right or wrong, and hands on what is right. */
export function DraftField({ label, hint, value, placeholder, words, onType, onLeave }: DraftProps) {
  const [draft, setDraft] = useState<{ text: string; error: string | null; onto: string } | null>(null);
  // Another value came from elsewhere (undo, a link): what was typed is past.
  const holds =
    draft !== null && (draft.error === null ? sameValue(draft.text, value) : draft.onto === value);
  const shown = holds ? draft : null;
  return (
    <FieldRow label={label} hint={hint} error={shown?.error} words={words}>
      {({ id, describedBy }) => (
        <Input
          id={id}
          aria-describedby={describedBy}
          aria-invalid={shown?.error ? true : undefined}
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          placeholder={placeholder}
          title={hint}
          className="font-mono tabular-nums"
          value={shown?.text ?? value}
          onChange={({ currentTarget: { value: text } }) =>
            setDraft({ text, error: onType(text), onto: value })
          }
          onBlur={() => {
            if (shown?.error === null) setDraft(null);
            onLeave?.();
          }}
        />
      )}
    </FieldRow>
  );
}

const sameValue = (text: string, value: string): boolean =>
  text.trim() === value || (text.trim() !== "" && Number(text) === Number(value));
