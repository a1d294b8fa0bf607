import { isObject } from '../json.ts'
import type { Provider } from '../providers/provider.ts'
import type { DecoderOptions, WireFormat } from '../wire/wire-format.ts'
import type { Resume } from './link.ts'
import type { Timeouts } from './watchdog.ts'

export interface RetryOptions {
  /** How often to ask again after a failure that may heal. Default 2; 0 for never. */
  readonly attempts?: number
}

/** What happens to a request besides its chunks; only what is news is there. */
export interface TransportProgress {
  /** When the response's headers came, in epoch milliseconds. */
  readonly headersAt?: number | undefined
  /** How long nothing has come, in milliseconds, though not yet too long; undefined once it goes on. */
  readonly stalledForMs?: number | undefined
  /**
   * The request failed before its first token, or its connection is taken up again: another request follows then, in
   * epoch milliseconds. Undefined once that is answered.
   */
  readonly retryAt?: number | undefined
  /**
   * The server keeps this stream; told once, before anything of it. As the option of that name it gets all of it once
   * more, from its start: for a page that comes back, which builds the message anew.
   */
  readonly resumeFrom?: string | undefined
}

export interface TransportOptions extends DecoderOptions {
  readonly provider: Provider
  /** Where it is not the provider's own. */
  readonly wire?: WireFormat | undefined
  /** Where it is not the provider's own: an `http(s)` URL, or a path on the page's own origin. */
  readonly baseURL?: string | undefined
  readonly apiKey?: string | undefined
  readonly headers?: Readonly<Record<string, string>> | undefined
  readonly fetch?: typeof globalThis.fetch | undefined
  readonly timeouts?: Timeouts | undefined
  readonly retry?: RetryOptions | undefined
  /** What takes a lost connection up again: `resumable()`. Without it the reply is `incomplete`. */
  readonly resume?: Resume | undefined
  /**
   * Takes up a stream that the server keeps, after the event of that id, and sends no new request. `<stream>:0` is before
   * its first. After a later one the model's text goes on, but not a tool call that was half said. Needs `resume`.
   */
  readonly resumeFrom?: string | undefined
  /**
   * Ends the reply with finish reason `aborted`, at whatever moment. With `resume` a server that keeps the stream is told
   * to stop it, unless the reason is `'disconnect'`: then somebody may come back for it.
   */
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: TransportProgress) => void) | undefined
}

/**
 * Finds mistakes where they are made, not where they would surface.
 * @throws {TypeError} for a provider or wire format that is none, a base URL that is none, a key or header that cannot be
 * sent, and for timeouts and retries that are no numbers or not called so.
 */
export function assertTransportOptions(options: Omit<TransportOptions, 'fetch'>): void {
  const { provider, wire, baseURL, apiKey, headers = {}, timeouts, retry, resume, resumeFrom } = options
  expect('provider or wire', (wire ?? provider?.wire)?.createDecoder, 'an object')
  expect('baseURL', isBaseURL(baseURL ?? provider.baseURL), 'a URL or a path')
  expect('apiKey', /^[\x21-\x7e]*$/.test(apiKey ?? ''), 'one printable word')
  for (const [name, value] of Object.entries(headers)) expect(`header ${name}`, isHeaderValue.test(value), 'one line')
  expectNumbers('timeouts', timeouts, ['connectMs', 'firstTokenMs', 'stallMs'])
  expectNumbers('retry', retry, ['attempts'])
  expect('resume', resume || !resumeFrom, 'given with resumeFrom')
}

/** The value stays out of the message: it may be a key. */
function expect(option: string, isRight: unknown, what: string): asserts isRight {
  if (!isRight) throw new TypeError(`The option ${option} has to be ${what}.`)
}

function expectNumbers(option: string, given: object = {}, names: readonly string[]): void {
  expect(option, isObject(given), 'an object')
  for (const [name, value = 0] of Object.entries(given))
    expect(`${option}.${name}`, names.includes(name) && Number(value) >= 0, `a number, by the name ${names.join(', ')}`)
}

const isHeaderValue = /^[\t -~\x80-\xff]*$/

function isBaseURL(url: string): boolean {
  return /^(https?:\/\/|\/(?!\/))/.test(url) && URL.canParse(url, 'http://localhost')
}
