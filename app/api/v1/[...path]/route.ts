import { notFoundRoute } from "@/lib/server/http/define-route";

/** Whatever no route takes: JSON like every other error. */
export const GET = notFoundRoute;
export const POST = notFoundRoute;
export const PUT = notFoundRoute;
export const PATCH = notFoundRoute;
export const DELETE = notFoundRoute;
