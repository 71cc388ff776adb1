"use client";

import type { Chart as ChartJs } from "chart.js";
import { Download } from "lucide-react";
import type { RefObject } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ReadyChart } from "@/lib/presenters/charts/chart-model";
import { saveCsv, savePng, saveSvg } from "./download";

interface Props {
  model: ReadyChart;
  chart: RefObject<ChartJs<"line"> | null>;
}

/** Saves the picture or what it is made of. */
export function DownloadMenu({ model, chart }: Props) {
  return (
    <Menu
      trigger={
        <IconButton label="Save the chart">
          <Download size={15} aria-hidden />
        </IconButton>
      }
    >
      <MenuItem onClick={() => chart.current && savePng(chart.current, model)}>Picture (PNG)</MenuItem>
      <MenuItem onClick={() => chart.current && saveSvg(chart.current, model)}>Drawing (SVG)</MenuItem>
      <MenuItem onClick={() => saveCsv(model)}>Data (CSV)</MenuItem>
    </Menu>
  );
}
