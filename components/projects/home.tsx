"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Link } from "@/components/ui/link";
import { Card } from "@/components/ui/card";
import { Status } from "@/components/ui/badge";
import { inboxQuery } from "@/lib/client/control/queries";
import { projectsQuery } from "@/lib/client/projects/queries";
import { noteworthyQuery, recentQuery } from "@/lib/client/runs/queries";
import type { InboxPage } from "@/lib/contracts/control";
import type { ProjectPage } from "@/lib/contracts/projects";
import type { RunPage } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { byActivity, waitingByProject } from "@/lib/presenters/projects/project-card";
import type { z } from "zod";
import { ExampleLoader } from "./example-loader";
import { FirstSteps } from "./first-steps";
import { ProjectTable } from "./project-table";
import { RunLines } from "./run-lines";
import { RunningNow } from "./running-now";

interface Props {
  projects: z.infer<typeof ProjectPage>;
  running: z.infer<typeof RunPage>;
  noteworthy: z.infer<typeof RunPage>;
  recent: z.infer<typeof RunPage>;
  inbox: z.infer<typeof InboxPage>;
  origin: string;
}

/** Of public/examples/index.json; their loader links to them itself. */
const EXAMPLE_PROJECTS: ReadonlySet<string> = new Set(["digits-cnn", "mistakes"]);

export function Home({ projects, running, noteworthy, recent, inbox, origin }: Props) {
  const { data } = useQuery({ ...projectsQuery(), initialData: projects });
  const { data: asked } = useQuery({ ...inboxQuery(), initialData: inbox });
  const [loaded, setLoaded] = useState(false);
  const own = data.items.filter(({ name }) => !EXAMPLE_PROJECTS.has(name));
  if (projects.items.length === 0 && !loaded) {
    return <FirstSteps origin={origin} arrived={own} onLoaded={() => setLoaded(true)} />;
  }
  const hasExamples = own.length < data.items.length;
  return (
    <div className="mx-auto grid w-full max-w-7xl gap-6 p-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:p-6">
      <div className="order-2 flex min-w-0 flex-col gap-8 lg:order-1">
        <h1 className="sr-only">Home</h1>
        <Noteworthy initial={noteworthy} />
        <section aria-labelledby="projects">
          <h2 id="projects" className={HEADING}>
            Projects
          </h2>
          <ProjectTable projects={byActivity(data.items)} waiting={waitingByProject(asked.items)} />
          {data.next_cursor === null ? null : (
            <p className="px-3 py-2 text-xs text-muted">The {data.items.length} latest projects.</p>
          )}
        </section>
        <Recent initial={recent} />
      </div>
      <aside className="order-1 flex flex-col gap-4 lg:order-2">
        <InboxCard waiting={asked.items.length} />
        <Card title="Running now">
          <RunningNow initial={running} />
        </Card>
        {hasExamples ? null : (
          <div className="max-lg:hidden">
            <ExampleLoader />
          </div>
        )}
      </aside>
    </div>
  );
}

const HEADING = "mb-1 px-3 text-lg font-semibold tracking-tight";

/** Where to look first; nothing where nothing went wrong. */
function Noteworthy({ initial }: { initial: Props["noteworthy"] }) {
  const { items } = useQuery({ ...noteworthyQuery(), initialData: initial }).data;
  if (items.length === 0) return null;
  return (
    <Runs title="Worth a look">
      <RunLines label="Runs worth a look" runs={items} />
    </Runs>
  );
}

function Recent({ initial }: { initial: Props["recent"] }) {
  const { items } = useQuery({ ...recentQuery(), initialData: initial }).data;
  if (items.length === 0) return null;
  return (
    <Runs title="Recent runs">
      <RunLines label="Recent runs" runs={items} />
    </Runs>
  );
}

const Runs = ({ title, children }: { title: string; children: ReactNode }) => (
  <section>
    <h2 className={HEADING}>{title}</h2>
    <div className="border-t border-line">{children}</div>
  </section>
);

function InboxCard({ waiting }: { waiting: number }) {
  return (
    <Link
      href="/inbox"
      className="flex items-center justify-between gap-3 rounded-lg border border-line p-4 text-sm transition-colors hover:bg-surface"
    >
      {waiting === 0 ? (
        <span className="text-muted">Nothing waits for your decision.</span>
      ) : (
        <Status tone="recommended" shape="triangle" className="font-medium">
          {plural(waiting, "request waits", "requests wait")} for your decision
        </Status>
      )}
      <ChevronRight size={15} aria-hidden className="text-faint" />
    </Link>
  );
}
