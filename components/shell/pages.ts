import {
  BookText,
  ChartSpline,
  FileUp,
  House,
  Inbox,
  type LucideIcon,
  Rows3,
  Scale,
  Settings,
  Trash2,
} from "lucide-react";

export interface PageEntry {
  href: string;
  label: string;
  /** What it is for, in the command menu. */
  about: string;
  icon: LucideIcon;
  /** Keys that lead there. */
  keys: string;
  /** Has a place at the bottom of a narrow screen; the command menu leads to the others. */
  narrow: boolean;
  /** Has no place in the navigation: another page and the command menu lead there. */
  menuOnly?: true;
  active: (path: string) => boolean;
}

const under =
  (...starts: string[]) =>
  (path: string) =>
    starts.some((start) => path === start || path.startsWith(`${start}/`));

/** Where one can go from everywhere. */
export const PAGES: readonly PageEntry[] = [
  {
    ...{ href: "/", label: "Home", about: "projects, and what is running", icon: House, keys: "g h" },
    ...{ narrow: true, active: (path) => path === "/" || path.startsWith("/projects/") },
  },
  {
    ...{ href: "/runs", label: "Runs", about: "of all projects, in one table", icon: Rows3, keys: "g r" },
    ...{ narrow: true, active: under("/runs") },
  },
  {
    ...{ href: "/compare", label: "Compare", about: "schedules, groups, runs", icon: Scale, keys: "g c" },
    ...{ narrow: true, active: under("/compare") },
  },
  {
    ...{
      href: "/inbox",
      label: "Inbox",
      about: "requests that wait for an answer",
      icon: Inbox,
      keys: "g i",
    },
    ...{ narrow: true, active: under("/inbox") },
  },
  {
    ...{ href: "/schedules", label: "Schedules", about: "gallery and designer", icon: ChartSpline },
    ...{ keys: "g s", narrow: true, active: under("/schedules") },
  },
  {
    ...{ href: "/import", label: "Import", about: "logs of other trackers", icon: FileUp, keys: "g m" },
    ...{ narrow: false, active: under("/import") },
  },
  {
    ...{ href: "/docs/api", label: "API", about: "every call, with examples", icon: BookText, keys: "g d" },
    ...{ narrow: false, active: under("/docs") },
  },
  {
    ...{ href: "/settings", label: "Settings", about: "news, database, appearance", icon: Settings },
    keys: "g t",
    narrow: false,
    active: under("/settings", "/deleted"),
  },
  {
    href: "/deleted",
    label: "Archived and deleted",
    about: "what can be restored",
    icon: Trash2,
    keys: "g x",
    narrow: false,
    menuOnly: true,
    active: under("/deleted"),
  },
];
