import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "h-8 w-full rounded-md border border-line-strong bg-ground px-2 text-sm text-ink disabled:opacity-50 aria-invalid:border-failed",
        className,
      )}
      {...rest}
    />
  );
}
