import "server-only";
import type { Ready } from "@/lib/contracts/health";
import { database } from "./db/database";
import { ServiceError } from "./errors";

/** Can this server answer questions that need the database? */
export async function readiness(): Promise<Ready> {
  try {
    const { reader } = await database();
    await reader.prisma.project.count();
    return { status: "ok" };
  } catch (error) {
    // What a driver says of itself may hold an address.
    const detail = error instanceof ServiceError ? error.message : "the database cannot be used just now";
    return { status: "unavailable", detail };
  }
}
