import "server-only";
import os from "node:os";
import { serveJobs } from "./serve-jobs";
import { STREAMS, TASKS } from "./tasks";

/**
 * Small requests are answered first, also where the workers keep every core busy. Only Linux counts the priority by
 * thread; elsewhere this would slow the whole process down.
 */
const PRIORITY = 2;
if (process.platform === "linux") os.setPriority(0, PRIORITY);

/** The script of the workers. */
export default serveJobs(TASKS, STREAMS);
