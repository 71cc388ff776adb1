import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageFrame } from "@/components/shell/page-frame";
import { scheduleWords } from "@/lib/presenters/charts/schedule-words";
import { parseView } from "@/lib/presenters/charts/view";
import { orNotFound, pageContext } from "@/lib/server/page-context";
import { getProject } from "@/lib/server/projects/get-project";
import { getRun } from "@/lib/server/runs/get-run";
import { loadRun } from "./_view/load-run";
import { RunView } from "./_view/run-view";

interface Props {
  params: Promise<{ projectId: string; runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const openRun = async (params: Props["params"]) => {
  const [ctx, { runId }] = await Promise.all([pageContext(), params]);
  return { ctx, run: await orNotFound(getRun(ctx, decodeURIComponent(runId))) };
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await openRun(params)).run.name };
}

export default async function RunPage({ params, searchParams }: Props) {
  const [{ ctx, run }, { projectId }, search] = await Promise.all([openRun(params), params, searchParams]);
  const project = await orNotFound(getProject(ctx, decodeURIComponent(projectId)));
  if (run.project.id !== project.id) notFound();
  const view = parseView((name) => [search[name]].flat()[0]);
  const data = await loadRun(ctx, run, view);
  const home = `/projects/${encodeURIComponent(project.id)}`;
  return (
    <PageFrame
      crumbs={[{ label: "Home", href: "/" }, { label: project.name, href: home }, { label: run.name }]}
    >
      <RunView key={run.id} {...data} run={run} project={project} words={scheduleWords(run)} />
    </PageFrame>
  );
}
