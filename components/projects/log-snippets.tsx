"use client";

import { useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Tabs } from "@/components/ui/tabs";
import { firstRunSnippets } from "@/lib/presenters/projects/first-run";

/** How to log a run to this server, in the language of one's choice. */
export function LogSnippets({ origin, project }: { origin: string; project: string }) {
  const [language, setLanguage] = useState("python");
  const tabs = firstRunSnippets(origin, project).map(({ id, label, install, code }) => ({
    value: id,
    label,
    content: (
      <div className="flex flex-col gap-2">
        {install ? <CodeBlock code={install} label="the command that installs the client" /> : null}
        <CodeBlock code={code} label={`the ${label} example`} />
      </div>
    ),
  }));
  return <Tabs label="Language" tabs={tabs} value={language} onChange={setLanguage} />;
}
