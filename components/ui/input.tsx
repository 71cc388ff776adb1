import type { ComponentProps } from "react";
import { cn } from "./class-names";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      className={cn(
        "rounded-md border bg-ground text-sm weak:h-8 weak:w-full weak:border-line-strong weak:px-2 text-ink disabled:opacity-50 aria-invalid:border-failed",
        className,
      )}
      {...rest}
    />
  );
}
