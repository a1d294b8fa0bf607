import type { Token } from '../highlighter.ts'

/** What a page asks of the worker that colours its code. Blocks have numbers. */
export type ToWorker =
  | { readonly type: 'start'; readonly block: number; readonly language: string }
  /** Whole lines, after those that were sent before. */
  | { readonly type: 'grow'; readonly block: number; readonly lines: readonly string[] }
  | { readonly type: 'stop'; readonly block: number }

/** The tokens of lines, after those that were sent before. */
export interface FromWorker {
  readonly block: number
  readonly lines: readonly (readonly Token[])[]
}
