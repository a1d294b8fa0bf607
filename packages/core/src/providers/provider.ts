import type { WireFormat } from '../wire/wire-format.ts'

/** What a model costs, in US dollars per million tokens, as somebody published it on a day. */
export interface Price {
  readonly input: number
  readonly output: number
  readonly cachedInput?: number
  /** The day the price was read, as YYYY-MM-DD. */
  readonly asOf: string
  readonly source: string
  /** What the maker of the model asks, where a gateway sells it for less. */
  readonly official?: { readonly input: number; readonly output: number }
}

export interface Model {
  /** What the provider's API calls it. */
  readonly id: string
  /** What a person calls it. */
  readonly name: string
  readonly price?: Price
}

/** Who answers: where, in which wire format, with which models. */
export interface Provider {
  readonly id: string
  readonly name: string
  readonly baseURL: string
  readonly wire: WireFormat
  /** The models known here; the first is the default. A provider may have more. */
  readonly models: readonly Model[]
}
