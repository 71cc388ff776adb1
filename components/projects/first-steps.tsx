import { Link } from "@/components/ui/link";
import { buttonClass } from "@/components/ui/button";
import type { Project } from "@/lib/contracts/projects";
import { projectHref } from "@/lib/presenters/projects/project-card";
import { ExampleLoader } from "./example-loader";
import { LogSnippets } from "./log-snippets";

interface Props {
  origin: string;
  /** Projects that came while the page was open. */
  arrived: readonly Project[];
  /** All example runs are there. */
  onLoaded: () => void;
}

/** The home page before there is a project. It stays while the first ones arrive, so that nothing jumps away. */
export function FirstSteps({ origin, arrived, onLoaded }: Props) {
  return (
    <div className="mx-auto flex w-full max-w-6xl flex-col gap-6 px-4 py-8 lg:px-8">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-semibold tracking-tight text-balance">Log your first run</h1>
        <p className="max-w-[68ch] text-lg text-pretty text-muted">
          Send the loss, the learning rate and the schedule you meant. lrscope draws them in one chart, says
          where the two learning rates diverge and why, and tells you when the loss has stopped moving.
        </p>
      </header>
      {arrived.length > 0 ? <Arrived projects={arrived} /> : null}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-label="Log a run" className="min-w-0">
          <LogSnippets origin={origin} project="my-project" />
        </section>
        <section className="flex flex-col gap-3 border-line max-lg:border-t max-lg:pt-6 lg:border-l lg:pl-8">
          <h2 className="text-lg font-semibold">Or look around first</h2>
          <p className="text-base text-pretty text-muted">
            53 recorded trainings of small networks, 1.3 MB: seven schedules with five seeds each, and runs in
            which something went wrong with the learning rate. They are loaded into two new projects.
          </p>
          <div className="min-h-12">
            <ExampleLoader onLoaded={onLoaded} />
          </div>
        </section>
      </div>
    </div>
  );
}

function Arrived({ projects }: { projects: readonly Project[] }) {
  return (
    <p
      role="status"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-verified-soft px-4 py-2 text-sm"
    >
      Your run has started:
      {projects.map(({ id, name }) => (
        <Link key={id} href={projectHref(id)} className={buttonClass("secondary", "small")}>
          Open {name}
        </Link>
      ))}
    </p>
  );
}
