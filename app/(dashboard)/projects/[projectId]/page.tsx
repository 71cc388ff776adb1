import type { Metadata } from "next";
import { EmptyProject } from "@/components/projects/empty-project";
import { ProjectActions } from "@/components/projects/project-actions";
import { ProjectRuns } from "@/components/runs/project-runs";
import { PageFrame } from "@/components/shell/page-frame";
import { orNotFound, pageContext } from "@/lib/server/page-context";
import { getProject } from "@/lib/server/projects/get-project";
import { firstTable } from "../../first-table";
import { requestOrigin } from "../../request-origin";

interface Props {
  params: Promise<{ projectId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const open = async (params: Props["params"]) => {
  const [ctx, { projectId }] = await Promise.all([pageContext(), params]);
  return { ctx, project: await orNotFound(getProject(ctx, decodeURIComponent(projectId))) };
};

export async function generateMetadata({ params }: Pick<Props, "params">): Promise<Metadata> {
  return { title: (await open(params)).project.name };
}

export default async function ProjectPage({ params, searchParams }: Props) {
  const { ctx, project } = await open(params);
  const [first, origin] = await Promise.all([firstTable(ctx, project, await searchParams), requestOrigin()]);
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: project.name }]}>
      <ProjectRuns
        project={project}
        first={first}
        actions={<ProjectActions project={project} metrics={first.table.metrics.map(({ key }) => key)} />}
        firstSteps={<EmptyProject origin={origin} project={project.name} />}
      />
    </PageFrame>
  );
}
