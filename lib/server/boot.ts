import "server-only";
import { database } from "./db/database";
import { offerDirectWay } from "./http/direct";
import { startMaintenance } from "./maintenance";
import { startNotifications } from "./notify/start";

/** Opens and migrates the database and starts what runs by itself. Ends the process where that cannot be done. */
export async function boot(): Promise<void> {
  try {
    await database();
    startMaintenance();
    startNotifications();
    offerDirectWay();
  } catch (error) {
    process.stderr.write(
      `\nlrscope did not start. ${error instanceof Error ? error.message : String(error)}\n\n`,
    );
    process.exit(1);
  }
}
