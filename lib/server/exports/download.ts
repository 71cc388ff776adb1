import "server-only";

/**
 * An answer that is made as it is read: when the reader stops, so does the work. What fails before the first part is
 * thrown, and so still becomes an error's answer.
 */
export async function download(
  parts: AsyncGenerator<Uint8Array>,
  name: string,
  type: string,
): Promise<Response> {
  let ahead: IteratorResult<Uint8Array> | null = await parts.next();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = ahead ?? (await parts.next());
      ahead = null;
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
  return new Response(body, {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
    },
  });
}
