"use client";

import dynamic from "next/dynamic";

/** Chart.js is a third of what a chart's page needs and draws nothing on a server, so it comes by itself. */
const load = () => import("./chart-canvas").then((module) => module.ChartCanvas);

// On its way while the page around the chart is still starting. Who draws it says what went wrong.
if (typeof window !== "undefined") load().catch(() => undefined);

export const ChartCanvas = dynamic(load, { ssr: false });
