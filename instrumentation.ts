/**
 * Called once when a server starts: a wrong environment, or a database that cannot be opened or migrated, ends it here.
 * What is thrown would leave a server that answers 500 to everything.
 */
export async function register(): Promise<void> {
  // Next replaces this name at build time, so that the edge bundle does not contain the database.
  // eslint-disable-next-line no-restricted-properties -- set by Next, not by the user
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { database } = await import("./lib/server/db/database");
  try {
    await database();
    const { startMaintenance } = await import("./lib/server/maintenance");
    startMaintenance();
  } catch (error) {
    process.stderr.write(
      `\nlrscope did not start. ${error instanceof Error ? error.message : String(error)}\n\n`,
    );
    process.exit(1);
  }
}
