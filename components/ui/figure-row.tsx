import type { ReactNode } from "react";

interface Props {
  title: ReactNode;
  /** At the right end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
}

/** One figure of a rail or a strip, which draw the lines between them. */
export function FigureRow({ title, aside, children }: Props) {
  return (
    <section className="min-w-0 bg-ground px-4 py-3">
      <header className="flex min-h-5 min-w-0 items-center justify-between gap-3">
        <h2 className="min-w-0 truncate text-sm font-medium text-muted">{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  );
}
