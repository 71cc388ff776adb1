import type { Metadata } from "next";
import { Channels } from "@/components/settings/channels";
import { Deliveries } from "@/components/settings/deliveries";
import { Facts } from "@/components/settings/facts";
import { buttonClass } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { PageFrame } from "@/components/shell/page-frame";
import { ThemeToggle } from "@/components/shell/theme-toggle";
import { formatBytes } from "@/lib/presenters/format/bytes";
import { databaseFacts } from "@/lib/server/database-facts";
import { listChannels } from "@/lib/server/notify/list-channels";
import { listDeliveries } from "@/lib/server/notify/list-deliveries";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "Settings" };

export default async function SettingsPage() {
  const ctx = await pageContext();
  const [channels, deliveries, { engine, size, version }] = await Promise.all([
    listChannels(ctx, { limit: 200 }),
    listDeliveries(ctx, { limit: 50 }),
    databaseFacts(ctx),
  ]);
  return (
    <PageFrame crumbs={[{ label: "Settings" }]}>
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-8 px-4 py-6">
        <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
        <Channels initial={channels} />
        <Deliveries initial={deliveries} />
        <Facts
          title="Appearance"
          facts={[{ name: "Light or dark; follows your system until you choose", value: <ThemeToggle /> }]}
        />
        <Facts
          title="Archived and deleted"
          facts={[
            {
              name: "Runs, projects and channels that were deleted, and archived runs",
              value: (
                <Link href="/deleted" className={buttonClass("secondary", "small")}>
                  Show
                </Link>
              ),
            },
          ]}
        />
        <Facts
          title="Server"
          facts={[
            { name: "Version", value: version },
            { name: "Database", value: engine },
            { name: "Size", value: formatBytes(size) },
          ]}
        />
      </div>
    </PageFrame>
  );
}
