import type { Metadata } from "next";
import { Designer } from "@/components/schedules/designer/designer";
import { SchedulesTabs } from "@/components/schedules/schedules-tabs";
import { PageFrame } from "@/components/shell/page-frame";
import { readDesign } from "@/lib/presenters/schedules/read-design";
import { pageContext } from "@/lib/server/page-context";

export const metadata: Metadata = { title: "Schedule designer" };

interface Props {
  searchParams: Promise<{ d?: string | string[] }>;
}

export default async function DesignPage({ searchParams }: Props) {
  const [{ d }] = await Promise.all([searchParams, pageContext()]);
  // Read here, so that opening a link does not wait for the schemas that check it.
  const opened = typeof d === "string" ? (readDesign(d) ?? "unreadable") : null;
  return (
    <PageFrame crumbs={[{ label: "Schedules", href: "/schedules" }, { label: "Designer" }]}>
      <SchedulesTabs />
      <h1 className="sr-only">Schedule designer</h1>
      <Designer opened={opened} />
    </PageFrame>
  );
}
