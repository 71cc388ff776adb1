"use client";

import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Tip } from "./tooltip";

interface Props extends ComponentProps<"button"> {
  /** Says what the button does; it is the accessible name and the tooltip. */
  label: string;
  /** A key that does the same. */
  shortcut?: string;
  children: ReactNode;
}

export function IconButton({ label, shortcut, children, className, ...rest }: Props) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        className={cn(
          "inline-flex shrink-0 items-center justify-center rounded-md transition-colors weak:size-8 weak:text-muted",
          "hover:bg-active hover:text-ink disabled:opacity-50",
          className,
        )}
        {...rest}
      >
        {children}
      </button>
    </Tip>
  );
}
