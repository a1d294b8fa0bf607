import { readPositive } from '../positive.ts'
import { folded } from './folded.ts'
import { knownFields } from './known-fields.ts'

/** What a request may say. */
export interface RequestPolicy {
  /** Longest answer, in tokens. What asks for more gets this, and so does what names no length. Default: no limit. */
  readonly maxTokens?: number
  /** Most answers to one request (`n`). Default 1. */
  readonly maxAnswers?: number
  /** Most messages. Default 1,000. */
  readonly maxMessages?: number
  /** Most images, in all messages. Default 100. */
  readonly maxImages?: number
  /**
   * Fields of these that clients may set all the same: `user`, `metadata`, `store`, `service_tier`, `background`,
   * `safety_identifier`, `prompt_cache_key`. They count for the account whose key it is, so by default they are left out.
   */
  readonly allowFields?: readonly string[]
  /** Set in every request, whatever the client says. */
  readonly force?: Readonly<Record<string, unknown>>
  /** What becomes of fields that OpenAI does not know. Default `pass`: other servers have their own. */
  readonly unknownFields?: 'pass' | 'drop' | 'reject'
  /** Said first in every request. With it, what clients say as `system` or `developer` is left out by default. */
  readonly systemPrompt?: string
  /** What becomes of messages of the roles `system` and `developer`. Default `allow`; with `systemPrompt`, `strip`. */
  readonly systemMessages?: 'allow' | 'strip' | 'reject'
}

/** The policy with every default in place. */
export interface Policy {
  readonly maxTokens: number | undefined
  readonly maxAnswers: number
  readonly maxMessages: number
  readonly maxImages: number
  readonly dropped: ReadonlySet<string>
  /** The names of fields that mean something here, folded: in any other spelling they are dropped. */
  readonly spelledOneWay: ReadonlySet<string>
  readonly force: Readonly<Record<string, unknown>>
  readonly unknownFields: 'pass' | 'drop' | 'reject'
  readonly systemPrompt: string | undefined
  readonly systemMessages: 'allow' | 'strip' | 'reject'
}

const ofTheAccount = [
  'user',
  'metadata',
  'store',
  'service_tier',
  'background',
  'safety_identifier',
  'prompt_cache_key',
]
// What gateways take for the address, the key or the headers of whom they shall ask.
const ofTheRoute = [
  'api_base',
  'api_key',
  'api_version',
  'base_url',
  'baseURL',
  'custom_host',
  'custom_llm_provider',
  'extra_body',
  'extra_headers',
  'headers',
  '__proto__',
  'constructor',
  'prototype',
]

/** @throws {TypeError} for limits that are none. */
export function readPolicy(options: RequestPolicy = {}): Policy {
  const { allowFields = [], force = {}, systemPrompt } = options
  const { maxTokens, unknownFields = 'pass', systemMessages = systemPrompt === undefined ? 'allow' : 'strip' } = options
  if (maxTokens !== undefined) readPositive('policy.maxTokens', maxTokens, 1)
  const ours = [...knownFields, ...ofTheAccount, ...ofTheRoute, ...Object.keys(force), 'models', 'fallbacks']
  return {
    maxTokens,
    maxAnswers: readPositive('policy.maxAnswers', options.maxAnswers, 1),
    maxMessages: readPositive('policy.maxMessages', options.maxMessages, 1_000),
    maxImages: readPositive('policy.maxImages', options.maxImages, 100),
    dropped: new Set([...ofTheAccount.filter((field) => !allowFields.includes(field)), ...ofTheRoute]),
    spelledOneWay: new Set(ours.map(folded)),
    force,
    unknownFields,
    systemPrompt,
    systemMessages,
  }
}
