import type { ReactNode } from "react";

interface Props {
  title: string;
  description?: string;
  aside?: ReactNode;
  children: ReactNode;
}

/** A heading, what it is about, and what can be set. */
export function SettingsSection({ title, description, aside, children }: Props) {
  return (
    <section className="flex flex-col gap-3">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="flex min-w-0 flex-1 basis-72 flex-col gap-0.5">
          <h2 className="text-lg font-semibold">{title}</h2>
          {description ? <p className="max-w-prose text-base text-pretty text-muted">{description}</p> : null}
        </div>
        {aside}
      </header>
      <div className="overflow-hidden rounded-lg border border-line">{children}</div>
    </section>
  );
}
