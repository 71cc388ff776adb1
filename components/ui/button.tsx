import type { ComponentProps } from "react";
import { cn } from "./class-names";

export type ButtonVariant = "primary" | "secondary" | "ghost" | "danger";

const VARIANT: Record<ButtonVariant, string> = {
  primary: "bg-accent text-on-accent hover:bg-accent-hover",
  secondary: "border border-line-strong bg-ground text-ink hover:bg-surface",
  ghost: "weak:text-muted hover:bg-active hover:text-ink",
  danger: "border border-failed text-failed hover:bg-failed-soft",
};

const SIZE = { small: "weak:h-7 px-2 text-sm", medium: "weak:h-8 px-3 text-sm" };

/** The look of a button, for a link that acts as one. */
export function buttonClass(
  variant: ButtonVariant = "secondary",
  size: keyof typeof SIZE = "medium",
): string {
  return cn(
    "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap",
    "transition-colors select-none disabled:opacity-50",
    VARIANT[variant],
    SIZE[size],
  );
}

interface Props extends ComponentProps<"button"> {
  variant?: ButtonVariant;
  size?: keyof typeof SIZE;
}

export function Button({ variant, size, className, ...rest }: Props) {
  return <button type="button" className={cn(buttonClass(variant, size), className)} {...rest} />;
}
