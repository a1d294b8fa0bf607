import type { WireFormat } from '../wire/wire-format.ts'

/** What tokens cost, in US dollars per million. */
export interface Rates {
  readonly input: number
  readonly output: number
  /** Input that the provider still had from an earlier request. Where absent, it costs as much as other input. */
  readonly cachedInput?: number
}

/** What a model costs, as somebody published it on a day. */
export interface Price extends Rates {
  /** The day the price was read, as YYYY-MM-DD. */
  readonly asOf: string
  readonly source: string
  /** The last day it holds, as YYYY-MM-DD, where that was announced. After it the price counts as unknown. */
  readonly until?: string
  /** Other rates for the whole of a request with more input than that. */
  readonly longInput?: Rates & { readonly overTokens: number }
  /** Whether the provider counts cached input beside `inputTokens` and not, as nearly all do, within it. */
  readonly cachedInputIsApart?: boolean
  /** What the maker of the model asks, where a gateway sells it for less. */
  readonly official?: { readonly input: number; readonly output: number }
}

/** It looks at pictures, calls tools, or thinks before it answers. */
export type Capability = 'vision' | 'tools' | 'reasoning'

export interface Model {
  /** What the provider's API calls it. */
  readonly id: string
  /** What a person calls it. */
  readonly name: string
  readonly price?: Price
  /** What it can do; undefined where the provider does not say. */
  readonly capabilities?: readonly Capability[]
}

/** One page of a provider's list of models. */
export interface ModelsPage {
  readonly models: readonly Model[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string | undefined
}

/** How a provider lists its models. The headers are those of its wire format. */
export interface ModelsEndpoint {
  /** @param next What the page before gave; undefined for the first. */
  url(baseURL: string, next?: string): string
  /** @returns undefined where the answer is no list of this kind. */
  read(answer: unknown, url: string): ModelsPage | undefined
  /** Something that only a valid key may read, where the list is open to everyone. */
  keyURL?(baseURL: string): string
}

/**
 * Who answers: where, in which wire format, with which models. The object holds data and may be spread to change some
 * of it: `{ ...openai, models: [...] }`.
 */
export interface Provider {
  readonly id: string
  readonly name: string
  readonly baseURL: string
  readonly wire: WireFormat
  /** The models known here; the first is the default. A provider may have more: see `listModels`. */
  readonly models: readonly Model[]
  /**
   * Whether a page on any origin may read the answers; where not, a proxy has to stand between. Default `unknown`.
   * A key in a page is public even where this is `yes`.
   */
  readonly browserAccess?: 'yes' | 'no' | 'unknown'
  /** Where the account is topped up. */
  readonly billingURL?: string
  /** How models are listed. Default: as OpenAI does, at `/models`. */
  readonly modelsEndpoint?: ModelsEndpoint
}
