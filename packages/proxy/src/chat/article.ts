import { badRequest } from '../errors.ts'
import type { ChatBody } from '../options.ts'

/** `{ prompt, model }` or `{ messages, model }`, as the route `/api/stream-chat` takes it, as a chat request. */
export function chatOfArticle({ prompt, ...rest }: ChatBody): ChatBody {
  if (Array.isArray(rest.messages)) return { ...rest, stream: true }
  if (typeof prompt === 'string' && prompt)
    return { ...rest, messages: [{ role: 'user', content: prompt }], stream: true }
  throw badRequest(400, 'bad-request', 'Send { "prompt": "…", "model": "…" }, or { "messages": […] }.')
}

/** `{ content }` for an event with text; errors as they are; nothing for what that route does not tell. */
export function articleEvent(event: unknown): unknown {
  if (typeof event !== 'object' || event === null) return undefined
  if ('error' in event && event.error) return { error: event.error }
  const content = contentOf(event)
  return content ? { content } : undefined
}

function contentOf(event: object): string | undefined {
  const choices: unknown = Reflect.get(event, 'choices')
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined
  const delta: unknown = typeof choice === 'object' && choice !== null ? Reflect.get(choice, 'delta') : undefined
  const content: unknown = typeof delta === 'object' && delta !== null ? Reflect.get(delta, 'content') : undefined
  return typeof content === 'string' ? content : undefined
}
