/** Called once when a server starts: a wrong environment or a database that cannot be migrated ends it here. */
export async function register(): Promise<void> {
  // Next replaces this name at build time, and leaves the block out of the bundle that cannot reach a database.
  // eslint-disable-next-line no-restricted-properties -- set by Next, not by the user
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { boot } = await import("./lib/server/boot");
    await boot();
  }
}
