import type { ReactNode } from "react";
import { cn } from "./class-names";

interface Props {
  title?: ReactNode;
  /** At the right end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** A hairline around things that belong together. */
export function Card({ title, aside, children, className }: Props) {
  return (
    <section className={cn("rounded-lg border border-line bg-ground p-4", className)}>
      {title || aside ? (
        <header className="mb-2 flex min-h-5 items-center justify-between gap-3">
          <h2 className="text-sm font-medium text-muted">{title}</h2>
          {aside}
        </header>
      ) : null}
      {children}
    </section>
  );
}
