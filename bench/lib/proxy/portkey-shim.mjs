// Portkey changes the headers of what fetch answers, which a current Node does not allow.
const { fetch } = globalThis
globalThis.fetch = async (...args) => {
  const { body, status, headers } = await fetch(...args)
  return new Response(body, { status, headers: new Headers(headers) })
}
