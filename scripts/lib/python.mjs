import { run } from "./run.mjs";

const LEAST = "3.9";
const CHECK = `import sys; sys.exit(sys.version_info < (${LEAST.replace(".", ", ")}))`;

/** The command of a Python that the client runs on, or undefined. */
export async function findPython() {
  for (const command of ["python3", "python"]) {
    if ((await run(command, ["-c", CHECK])).code === 0) return command;
  }
  return undefined;
}

export const LEAST_PYTHON = `Python ${LEAST}`;
