import { Input as BaseInput } from "@base-ui/react/input";
import type { ComponentProps } from "react";
import { cn } from "./class-names";

interface Props extends Omit<ComponentProps<typeof BaseInput>, "className"> {
  className?: string;
}

export function Input({ className, ...rest }: Props) {
  return (
    <BaseInput
      className={cn(
        "h-8 w-full rounded-md border border-line-strong bg-ground px-2 text-sm text-ink disabled:opacity-50 data-invalid:border-failed",
        className,
      )}
      {...rest}
    />
  );
}
