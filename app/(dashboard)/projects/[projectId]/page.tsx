import type { Metadata } from "next";
import { EmptyProject } from "@/components/projects/empty-project";
import { ProjectRuns } from "@/components/runs/project-runs";
import { PageFrame } from "@/components/shell/page-frame";
import { orNotFound, pageContext } from "@/lib/server/page-context";
import { getProject } from "@/lib/server/projects/get-project";
import { listRuns } from "@/lib/server/runs/list-runs";
import { requestOrigin } from "../../request-origin";

interface Props {
  params: Promise<{ projectId: string }>;
}

const open = async (params: Props["params"]) => {
  const [ctx, { projectId }] = await Promise.all([pageContext(), params]);
  return { ctx, project: await orNotFound(getProject(ctx, decodeURIComponent(projectId))) };
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await open(params)).project.name };
}

export default async function ProjectPage({ params }: Props) {
  const { ctx, project } = await open(params);
  const [firstPage, origin] = await Promise.all([
    listRuns(ctx, { project: project.id, limit: 200, sort: "-created_at" }),
    requestOrigin(),
  ]);
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: project.name }]}>
      <ProjectRuns
        project={project}
        firstPage={firstPage}
        firstSteps={<EmptyProject origin={origin} project={project.name} />}
      />
    </PageFrame>
  );
}
