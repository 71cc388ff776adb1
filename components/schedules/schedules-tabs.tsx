"use client";

import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";

const PAGES = [
  { href: "/schedules", label: "Gallery" },
  { href: "/schedules/design", label: "Designer" },
  { href: "/schedules/advise", label: "Advisor" },
  { href: "/schedules/range-test", label: "Range test" },
] as const;

/** The parts of the section. */
export function SchedulesTabs() {
  const path = usePathname();
  return (
    <nav aria-label="Schedules" className="flex gap-4 overflow-x-auto border-b border-line px-4">
      {PAGES.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          aria-current={path === href ? "page" : undefined}
          className="-mb-px flex h-10 shrink-0 items-center border-b-2 border-transparent text-sm whitespace-nowrap text-muted transition-colors hover:text-ink aria-[current]:border-ink aria-[current]:font-medium aria-[current]:text-ink"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
