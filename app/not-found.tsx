import { Link } from "@/components/ui/link";
import { PageFrame } from "@/components/shell/page-frame";
import { buttonClass } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function NotFound() {
  return (
    <PageFrame crumbs={[{ label: "Home", href: "/" }, { label: "Not found" }]}>
      <EmptyState
        title="There is nothing at this address"
        actions={
          <Link href="/" className={buttonClass("primary")}>
            Go to your projects
          </Link>
        }
      >
        The project or run may have been deleted, or the address is mistyped.
      </EmptyState>
    </PageFrame>
  );
}
