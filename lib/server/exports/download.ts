import "server-only";

/** Small pieces are sent together. */
const CHUNK_CHARACTERS = 64 * 1024;

/** An answer that is made as it is read: when the reader stops, so does the work. */
export function download(text: AsyncGenerator<string>, name: string, type: string): Response {
  const body = new ReadableStream<string>({
    async pull(controller) {
      let chunk = "";
      for (let next = await text.next(); ; next = await text.next()) {
        if (!next.done) chunk += next.value;
        if (next.done || chunk.length >= CHUNK_CHARACTERS) {
          if (chunk !== "") controller.enqueue(chunk);
          if (next.done) controller.close();
          return;
        }
      }
    },
    async cancel() {
      await text.return(undefined);
    },
  });
  return new Response(body.pipeThrough(new TextEncoderStream()), {
    headers: {
      "content-type": `${type}; charset=utf-8`,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
      "cache-control": "no-store",
    },
  });
}
