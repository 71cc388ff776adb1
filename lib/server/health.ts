import "server-only";
import { database } from "./db/database";

/** Can this server answer questions that need the database? */
export async function isReady(): Promise<boolean> {
  try {
    const { reader } = await database();
    await reader.prisma.project.count();
    return true;
  } catch {
    return false;
  }
}
