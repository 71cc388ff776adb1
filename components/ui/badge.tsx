import type { ReactNode } from "react";
import { cn } from "./class-names";

export type Tone = "neutral" | "recommended" | "inflight" | "verified" | "failed" | "drift";
/** Colour is never alone: each state also has a shape. */
export type Shape = "dot" | "ring" | "check" | "cross" | "square" | "triangle" | "clock";

const TEXT: Record<Tone, string> = {
  neutral: "text-muted",
  recommended: "text-recommended",
  inflight: "text-inflight",
  verified: "text-verified",
  failed: "text-failed",
  drift: "text-drift",
};

const SOFT: Record<Tone, string> = {
  neutral: "bg-active",
  recommended: "bg-recommended-soft",
  inflight: "bg-inflight-soft",
  verified: "bg-verified-soft",
  failed: "bg-failed-soft",
  drift: "bg-drift-soft",
};

const STROKE = { fill: "none", stroke: "currentColor", strokeWidth: 1.75, strokeLinecap: "round" } as const;

const PATH: Record<Shape, ReactNode> = {
  dot: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="3.75" {...STROKE} />,
  check: <path d="M2.5 6.5 5 9l4.5-6" {...STROKE} />,
  cross: <path d="M3 3l6 6M9 3l-6 6" {...STROKE} />,
  square: <rect x="2.5" y="2.5" width="7" height="7" rx="1" fill="currentColor" />,
  triangle: <path d="M6 10.5 1.5 3h9z" fill="currentColor" />,
  clock: (
    <path d="M6 3.5V6l1.75 1M6 1.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9z" {...STROKE} strokeWidth={1.25} />
  ),
};

interface Props {
  tone: Tone;
  shape: Shape;
  children: ReactNode;
  className?: string;
}

/** A state in a table row: shape and word. */
export function Status({ tone, shape, children, className }: Props) {
  return (
    <span
      className={cn("inline-flex gap-1.5 weak:items-center weak:whitespace-nowrap", TEXT[tone], className)}
    >
      <svg viewBox="0 0 12 12" className="size-3 shrink-0" aria-hidden>
        {PATH[shape]}
      </svg>
      {children}
    </span>
  );
}

/** The same on a tinted ground, for a heading or a card. */
export function Badge(props: Props) {
  return (
    <Status
      {...props}
      className={cn("h-5 rounded px-1.5 text-xs font-medium", SOFT[props.tone], props.className)}
    />
  );
}
