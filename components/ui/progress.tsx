import { useId } from "react";

interface Props {
  value: number;
  max: number;
  label: string;
  /** What stands at the right: `12 of 34 runs`. */
  text: string;
}

export function Progress({ value, max, label, text }: Props) {
  const id = useId();
  return (
    <div
      role="progressbar"
      aria-labelledby={id}
      aria-valuemin={0}
      aria-valuenow={value}
      aria-valuemax={max}
      aria-valuetext={text}
      className="flex flex-col gap-1.5"
    >
      <div className="flex justify-between gap-3 text-sm">
        <span id={id}>{label}</span>
        <span className="text-muted tabular-nums">{text}</span>
      </div>
      <div className="h-1.5 overflow-hidden rounded-full bg-active">
        <div
          className="h-full bg-accent transition-[width]"
          style={{ width: `${max > 0 ? (100 * value) / max : 0}%` }}
        />
      </div>
    </div>
  );
}
