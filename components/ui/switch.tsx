"use client";

interface Props {
  checked: boolean;
  onChange: (checked: boolean) => void;
  label: string;
  disabled?: boolean;
}

/** On or off, at once. */
export function Switch({ checked, onChange, label, disabled }: Props) {
  return (
    <button
      type="button"
      role="switch"
      aria-label={label}
      aria-checked={checked}
      onClick={() => onChange(!checked)}
      disabled={disabled}
      className="group relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border border-line-strong bg-active px-0.5 transition-colors disabled:opacity-50 aria-checked:border-accent aria-checked:bg-accent"
    >
      <span className="size-3.5 rounded-full bg-muted transition-transform group-aria-checked:translate-x-4 group-aria-checked:bg-on-accent" />
    </button>
  );
}
