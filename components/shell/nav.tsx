"use client";

import { useQuery } from "@tanstack/react-query";
import { Link } from "@/components/ui/link";
import { usePathname } from "next/navigation";
import { LiveStatus } from "@/components/shell/live";
import { Logo } from "@/components/shell/logo";
import { PAGES } from "@/components/shell/pages";
import { ShortcutSheet } from "@/components/shell/shortcut-sheet";
import { ThemeToggle } from "@/components/shell/theme-toggle";
import { cn } from "@/components/ui/class-names";
import { inboxQuery } from "@/lib/client/control/queries";

/** At the left on a wide screen, at the bottom on a narrow one. */
export function Nav() {
  const path = usePathname();
  const waiting = useQuery(inboxQuery()).data?.items.length ?? 0;
  return (
    <nav
      aria-label="Main"
      className={cn(
        "fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-surface pb-[env(safe-area-inset-bottom)]",
        "md:sticky md:inset-x-auto md:top-0 md:h-dvh md:w-16 md:shrink-0 md:flex-col md:border-t-0 md:border-r md:pb-0",
      )}
    >
      <Link href="/" aria-label="lrscope" className="hidden h-12 items-center justify-center md:flex">
        <Logo />
      </Link>
      {PAGES.filter(({ menuOnly }) => !menuOnly).map(({ href, label, icon: Icon, active, narrow }) => {
        const badge = href === "/inbox" && waiting > 0 ? waiting : null;
        return (
          <Link
            key={href}
            href={href}
            aria-current={active(path) ? "page" : undefined}
            className={cn(
              "group flex h-14 flex-1 flex-col items-center justify-center gap-1 text-xs text-muted transition-colors",
              "hover:text-ink aria-[current]:font-medium aria-[current]:text-ink md:flex-none",
              !narrow && "max-md:hidden",
            )}
          >
            <span className="relative flex h-7 w-11 items-center justify-center rounded-md transition-colors group-hover:bg-active group-aria-[current]:bg-active">
              <Icon size={17} strokeWidth={1.75} aria-hidden />
              {badge === null ? null : (
                <span className="absolute -top-1 right-0 min-w-4 rounded-full bg-recommended px-1 text-center text-[11px] leading-4 font-semibold text-ground tabular-nums">
                  {badge > 99 ? "99+" : badge}
                  <span className="sr-only"> waiting for you</span>
                </span>
              )}
            </span>
            {label}
          </Link>
        );
      })}
    </nav>
  );
}

/**
 * At the right end of every page's top bar. Here beside `Nav`, which the layout draws: the scripts are then the layout's,
 * and not once more those of the page, of its loading state and of the error page.
 */
export function PageTools() {
  return (
    <div className="flex shrink-0 items-center">
      <LiveStatus />
      <ShortcutSheet />
      <ThemeToggle />
    </div>
  );
}
