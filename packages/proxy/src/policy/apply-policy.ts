import { badRequest } from '../errors.ts'
import type { ChatBody } from '../options.ts'
import { folded } from './folded.ts'
import { knownFields } from './known-fields.ts'
import type { Policy } from './policy.ts'

/**
 * The request as it may be sent on; the same object where nothing had to change.
 * @throws {ProxyError} for what may not be asked at all.
 */
export function applyPolicy(body: ChatBody, policy: Policy): ChatBody {
  refuseTooMuch(body, policy)
  const changed: Record<string, unknown> = {}
  for (const [field, value] of Object.entries(body)) if (isAllowed(field, policy)) changed[field] = value
  limitLength(changed, policy)
  changed.messages = applyToMessages(body.messages, policy)
  if (changed.messages === undefined) delete changed.messages
  Object.assign(changed, policy.force)
  const isSame =
    Object.keys(changed).length === Object.keys(body).length &&
    Object.entries(changed).every(([field, value]) => body[field] === value)
  return isSame ? body : changed
}

function isAllowed(field: string, { dropped, spelledOneWay, force, unknownFields }: Policy): boolean {
  if (dropped.has(field)) return false
  if (knownFields.has(field) || Object.hasOwn(force, field)) return true
  if (unknownFields === 'reject')
    throw badRequest(400, 'bad-request', 'The request holds a field that is not allowed here.')
  if (unknownFields === 'drop') return false
  // One that is spelled otherwise is judged by nobody here, and taken for the one that was by some upstreams.
  const plain = folded(field)
  return plain === field || !spelledOneWay.has(plain)
}

function refuseTooMuch({ messages, n }: ChatBody, { maxAnswers, maxMessages, maxImages }: Policy): void {
  const answers = n ?? 1
  if (typeof answers !== 'number' || answers > maxAnswers) {
    throw badRequest(400, 'bad-request', `A request may ask for ${maxAnswers} answers (n) at most.`)
  }
  if (messages === undefined) return
  if (!Array.isArray(messages)) throw badRequest(400, 'bad-request', 'The messages are not a list.')
  if (messages.length > maxMessages) {
    throw badRequest(400, 'context-too-long', `A request may hold ${maxMessages} messages at most.`)
  }
  const parts = messages.flatMap((message) => (Array.isArray(message?.content) ? message.content : []))
  if (parts.filter((part) => part?.type === 'image_url').length > maxImages) {
    throw badRequest(400, 'context-too-long', `A request may hold ${maxImages} images at most.`)
  }
}

// llama.cpp has a name of its own, which there goes before the others.
const lengthFields = ['max_tokens', 'max_completion_tokens', 'n_predict']

/** Several names for one thing: what the client says stays under the name it used. */
function limitLength(body: Record<string, unknown>, { maxTokens }: Policy): void {
  if (maxTokens === undefined) return
  const names = lengthFields.filter((name) => body[name] !== undefined && body[name] !== null)
  for (const name of names) {
    const wanted = body[name]
    // To some servers -1 is without end, and 0 as good as not said.
    if (typeof wanted !== 'number' || !(wanted >= 1 && wanted <= maxTokens)) body[name] = maxTokens
  }
  if (!names.some((name) => name !== 'n_predict')) body.max_tokens = maxTokens
}

function applyToMessages(messages: unknown, { systemPrompt, systemMessages }: Policy): unknown {
  if (!Array.isArray(messages) || (systemMessages === 'allow' && systemPrompt === undefined)) return messages
  const isSystem = (message: unknown) => rolesOf(message).some((role) => /^(system|developer)$/i.test(role.trim()))
  const hasSystem = messages.some(isSystem)
  if (hasSystem && systemMessages === 'reject') {
    throw badRequest(400, 'bad-request', 'Messages of the roles system and developer are not allowed here.')
  }
  if (!hasSystem && systemPrompt === undefined) return messages
  const kept = systemMessages === 'strip' ? messages.filter((message) => !isSystem(message)) : messages
  if (systemPrompt !== undefined) return [{ role: 'system', content: systemPrompt }, ...kept]
  return systemMessages === 'strip' ? kept : messages
}

/** Under whatever spelling of that name: which of them an upstream takes, nobody knows. */
function rolesOf(message: unknown): string[] {
  if (typeof message !== 'object' || message === null) return []
  return Object.entries(message).flatMap(([name, role]) => (folded(name) === 'role' ? String(role) : []))
}
