import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Fragment, type ReactNode } from "react";
import { PageTools } from "@/components/shell/nav";
import { cn } from "@/components/ui/class-names";

export interface Crumb {
  label: string;
  /** Absent on the page itself. */
  href?: string;
}

interface Props {
  /** From the top down; the last one is this page. */
  crumbs: readonly Crumb[];
  /** Buttons at the right end of the top bar. */
  actions?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** The top bar with the way here, and the page under it. */
export function PageFrame({ crumbs, actions, children, className }: Props) {
  return (
    <div className="flex min-w-0 flex-1 flex-col pb-16 md:pb-0">
      <header className="sticky top-0 z-20 flex h-12 items-center gap-3 border-b border-line bg-ground px-4">
        <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
          <ol className="flex min-w-0 items-center gap-1 text-sm">
            {crumbs.map((crumb, index) => (
              <Fragment key={`${index} ${crumb.label}`}>
                {index > 0 ? (
                  <li aria-hidden className="shrink-0 text-faint">
                    <ChevronRight size={14} />
                  </li>
                ) : null}
                <li
                  title={crumb.label}
                  className={cn(
                    "truncate",
                    index === crumbs.length - 1
                      ? "min-w-0 font-medium"
                      : "max-w-24 shrink-0 text-muted sm:max-w-60",
                  )}
                >
                  {crumb.href ? (
                    <Link href={crumb.href} className="hover:text-ink hover:underline">
                      {crumb.label}
                    </Link>
                  ) : (
                    <span aria-current="page">{crumb.label}</span>
                  )}
                </li>
              </Fragment>
            ))}
          </ol>
        </nav>
        {actions}
        <PageTools />
      </header>
      <main id="content" tabIndex={-1} className={cn("min-w-0 flex-1 outline-none", className)}>
        {children}
      </main>
    </div>
  );
}
