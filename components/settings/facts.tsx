import type { ReactNode } from "react";
import { SettingsSection } from "./settings-section";

interface Props {
  title: string;
  facts: readonly { name: string; value: ReactNode }[];
}

/** Names and values, a line each. */
export function Facts({ title, facts }: Props) {
  return (
    <SettingsSection title={title}>
      <dl className="divide-y divide-line text-sm">
        {facts.map(({ name, value }) => (
          <div key={name} className="flex min-h-10 items-center justify-between gap-3 px-4 py-1.5">
            <dt className="text-muted">{name}</dt>
            <dd className="tabular-nums">{value}</dd>
          </div>
        ))}
      </dl>
    </SettingsSection>
  );
}
