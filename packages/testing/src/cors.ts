// What OpenAI's API answers a browser.
const permissive = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'x-request-id, request-id',
}

/** Lets any page read the response, as OpenAI does, and the id of the request, but few other headers. */
export function allowAnyOrigin(response: Response): Response {
  for (const [name, value] of Object.entries(permissive)) response.headers.set(name, value)
  // A server of streams that can be taken up wants to be read.
  if (response.headers.has('x-stream-id')) response.headers.append('access-control-expose-headers', 'x-stream-id')
  return response
}

/** The answer to a preflight. */
export function preflightResponse(request: Request): Response {
  return allowAnyOrigin(
    new Response(null, {
      status: 204,
      headers: {
        'access-control-allow-methods': 'GET, POST, OPTIONS',
        'access-control-allow-headers': request.headers.get('access-control-request-headers') ?? '*',
        'access-control-max-age': '600',
      },
    }),
  )
}
