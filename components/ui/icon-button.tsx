"use client";

import { Button as BaseButton } from "@base-ui/react/button";
import type { ComponentProps, ReactNode } from "react";
import { cn } from "./class-names";
import { Tip } from "./tooltip";

interface Props extends Omit<ComponentProps<typeof BaseButton>, "className" | "children"> {
  /** Says what the button does; it is the accessible name and the tooltip. */
  label: string;
  /** A key that does the same. */
  shortcut?: string;
  children: ReactNode;
  className?: string;
}

export function IconButton({ label, shortcut, children, className, ...rest }: Props) {
  return (
    <Tip text={label} shortcut={shortcut}>
      <BaseButton
        aria-label={label}
        className={cn(
          "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-muted transition-colors",
          "hover:bg-active hover:text-ink data-disabled:opacity-50",
          className,
        )}
        {...rest}
      >
        {children}
      </BaseButton>
    </Tip>
  );
}
