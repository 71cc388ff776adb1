import type { ReactNode } from "react";
import { cn } from "./class-names";

interface Props {
  title: string;
  /** What to do next, in a sentence. */
  children?: ReactNode;
  actions?: ReactNode;
  className?: string;
}

/** Nothing here yet, or nothing any more: says why, and what to do next. */
export function EmptyState({ title, children, actions, className }: Props) {
  return (
    <div className={cn("flex flex-col items-center gap-2 px-6 py-12 text-center", className)}>
      <h2 className="text-lg font-semibold text-balance">{title}</h2>
      {children ? <div className="max-w-prose text-base text-pretty text-muted">{children}</div> : null}
      {actions ? <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div> : null}
    </div>
  );
}
