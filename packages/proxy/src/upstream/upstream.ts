import type { UpstreamOptions } from '../options.ts'
import { secretsOf } from '../redact.ts'
import { createKeyRing, type KeyRing } from './key-ring.ts'

/** One that can be asked. */
export interface Upstream {
  readonly name: string
  readonly baseURL: URL
  readonly headers: Headers
  readonly keys: KeyRing
  readonly secrets: readonly string[]
  readonly modelNames: ReadonlyMap<string, string>
}

/**
 * @param option What the option is called, for messages.
 * @throws {TypeError} for what could never work. It names the option and never its value.
 */
export function readUpstream(option: string, options: UpstreamOptions | undefined, name: string): Upstream {
  if (!options) {
    throw new TypeError(`The option ${option} is missing: { baseURL: 'https://api.openai.com/v1', apiKey }.`)
  }
  const { baseURL, apiKey, headers = {}, modelNames = {} } = options
  const keys = (typeof apiKey === 'string' ? [apiKey] : (apiKey ?? [])).filter(Boolean)
  // A key read from a file often ends in a line break, and then no request would ever work.
  if (!keys.every((key) => /^[\x21-\x7e]+$/.test(key))) {
    throw new TypeError(`${option}.apiKey holds a space, a line break or another character that no key has.`)
  }
  const ownHeaders = readHeaders(option, headers)
  const url = readBaseURL(option, baseURL)
  return {
    name: options.name ?? name,
    baseURL: url,
    headers: ownHeaders,
    keys: createKeyRing(keys),
    secrets: secretsOf([
      ...ownHeaders,
      ...url.searchParams,
      ...keys.map((key): [string, string] => ['authorization', key]),
    ]),
    modelNames: new Map(Object.entries(modelNames)),
  }
}

function readBaseURL(option: string, baseURL: string): URL {
  const url = typeof baseURL === 'string' && URL.canParse(baseURL) ? new URL(baseURL) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new TypeError(`${option}.baseURL must be a whole http(s) URL, like https://api.openai.com/v1.`)
  }
  if (url.username || url.password) {
    throw new TypeError(`${option}.baseURL may not hold a password: use ${option}.apiKey.`)
  }
  return url
}

function readHeaders(option: string, headers: Readonly<Record<string, string>>): Headers {
  const result = new Headers()
  for (const [name, value] of Object.entries(headers)) {
    try {
      result.set(name, value)
    } catch {
      throw new TypeError(`${option}.headers holds a name or a value that is not allowed: ${JSON.stringify(name)}.`)
    }
  }
  return result
}
