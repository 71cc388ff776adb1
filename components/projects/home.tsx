"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Card } from "@/components/ui/card";
import { Status } from "@/components/ui/badge";
import { inboxQuery } from "@/lib/client/control/queries";
import { projectsQuery } from "@/lib/client/projects/queries";
import type { InboxPage } from "@/lib/contracts/control";
import type { ProjectPage } from "@/lib/contracts/projects";
import type { RunPage } from "@/lib/contracts/runs";
import { plural } from "@/lib/presenters/format/number";
import { byActivity } from "@/lib/presenters/projects/project-card";
import type { z } from "zod";
import { ExampleLoader } from "./example-loader";
import { FirstSteps } from "./first-steps";
import { ProjectTable } from "./project-table";
import { RunningNow } from "./running-now";

interface Props {
  projects: z.infer<typeof ProjectPage>;
  running: z.infer<typeof RunPage>;
  inbox: z.infer<typeof InboxPage>;
  origin: string;
}

/** Of public/examples/index.json; their loader links to them itself. */
const EXAMPLE_PROJECTS: ReadonlySet<string> = new Set(["digits-cnn", "mistakes"]);

export function Home({ projects, running, inbox, origin }: Props) {
  const { data } = useQuery({ ...projectsQuery(), initialData: projects });
  const own = data.items.filter(({ name }) => !EXAMPLE_PROJECTS.has(name));
  if (projects.items.length === 0) return <FirstSteps origin={origin} arrived={own} />;
  const hasExamples = own.length < data.items.length;
  return (
    <div className="mx-auto grid w-full max-w-7xl gap-6 p-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:p-6">
      <section aria-labelledby="projects" className="order-2 min-w-0 lg:order-1">
        <h1 id="projects" className="mb-2 px-3 text-xl font-semibold tracking-tight">
          Projects
        </h1>
        <ProjectTable projects={byActivity(data.items)} />
        {data.next_cursor === null ? null : (
          <p className="px-3 py-2 text-xs text-muted">The {data.items.length} latest projects.</p>
        )}
      </section>
      <aside className="order-1 flex flex-col gap-4 lg:order-2">
        <InboxCard initial={inbox} />
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

function InboxCard({ initial }: { initial: z.infer<typeof InboxPage> }) {
  const { data } = useQuery({ ...inboxQuery(), initialData: initial });
  const waiting = data.items.length;
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
