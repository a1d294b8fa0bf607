/** A fetch that hands over the bytes of every body before anyone reads them, at the pace of whoever takes them. */
export function tapFetch(
  fetch: typeof globalThis.fetch,
  take: (bytes: Uint8Array) => Promise<void>,
): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (!response.body) return response
    const tap = new TransformStream<Uint8Array, Uint8Array>({
      async transform(bytes, controller) {
        await take(bytes)
        controller.enqueue(bytes)
      },
    })
    return new Response(response.body.pipeThrough(tap), response)
  }
}
