import type { InlineRule, MarkdownExtension } from '../extension.ts'
import type { FootnoteDefinition } from '../nodes.ts'
import type { LinkDefinition } from './links.ts'

/** What reading inline text depends on besides the text. */
export interface InlineEnvironment {
  readonly gfm: boolean
  readonly cjkEmphasis: boolean
  /** By their triggers. */
  readonly inlineRules: ReadonlyMap<string, { readonly name: string; readonly rule: InlineRule }>
  /** Matches text up to the next character that may mean something. */
  readonly run: RegExp
  /** By their normalised labels. */
  readonly links: ReadonlyMap<string, LinkDefinition>
  readonly footnotes: ReadonlyMap<string, FootnoteDefinition>
}

export interface InlineEnvironmentOptions {
  readonly gfm: boolean
  readonly cjkEmphasis: boolean
  readonly extensions: readonly MarkdownExtension[]
}

export function createInlineEnvironment(
  { gfm, cjkEmphasis, extensions }: InlineEnvironmentOptions,
  definitions: Pick<InlineEnvironment, 'links' | 'footnotes'>,
): InlineEnvironment {
  const inlineRules = new Map(
    extensions.flatMap(({ name, inline }) => (inline ? [[inline.trigger, { name, rule: inline }]] : [])),
  )
  const triggers = [...inlineRules.keys()].join('').replace(/[\\\]^-]/g, '\\$&')
  return { gfm, cjkEmphasis, inlineRules, run: new RegExp(`[^\\n\`[\\]\\\\!<&*_~${triggers}]+`, 'y'), ...definitions }
}
