import type { ChatRequest, RequestTarget } from './wire-format.ts'

/** Those of the request, which go over that of the key. */
export function bearerHeaders({ headers }: ChatRequest, { apiKey }: RequestTarget): Record<string, string> {
  return { ...(apiKey && { authorization: `Bearer ${apiKey}` }), ...headers }
}
