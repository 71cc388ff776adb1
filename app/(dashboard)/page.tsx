import { Home } from "@/components/projects/home";
import { MlflowRedirect } from "@/components/projects/mlflow-redirect";
import { PageFrame } from "@/components/shell/page-frame";
import { UNDER_WAY } from "@/lib/domain/runs/liveness";
import { NOTEWORTHY, RECENT } from "@/lib/domain/runs/noteworthy";
import { listInbox } from "@/lib/server/control/list-control";
import { pageContext } from "@/lib/server/page-context";
import { listProjects } from "@/lib/server/projects/list-projects";
import { listRuns } from "@/lib/server/runs/list-runs";
import { requestOrigin } from "./request-origin";

export default async function HomePage() {
  const ctx = await pageContext();
  const [projects, running, noteworthy, recent, inbox, origin] = await Promise.all([
    listProjects(ctx, { limit: 200 }),
    listRuns(ctx, { ...UNDER_WAY, limit: 50, sort: "-created_at" }),
    listRuns(ctx, NOTEWORTHY),
    listRuns(ctx, RECENT),
    listInbox(ctx, { status: "recommended", limit: 200 }),
    requestOrigin(),
  ]);
  return (
    <PageFrame crumbs={[{ label: "Home" }]}>
      <MlflowRedirect />
      <Home
        projects={projects}
        running={running}
        noteworthy={noteworthy}
        recent={recent}
        inbox={inbox}
        origin={origin}
      />
    </PageFrame>
  );
}
