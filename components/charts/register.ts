import { Chart, LinearScale, LogarithmicScale } from "chart.js";

/** Only axes: what lies in the plot is drawn by us, and everything else stays out of the bundle. */
Chart.register(LinearScale, LogarithmicScale);
