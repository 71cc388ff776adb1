/** Something that the user can mend: its message alone is shown, without a stack. */
export class Failure extends Error {}

/** Runs a script's main function; the exit code tells whether it worked. */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}\n` : error);
    process.exit(1);
  }
}
