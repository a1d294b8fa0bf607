import type { MarkdownExtension } from '../extension.ts'
import { startQuote } from './block-quote.ts'
import type { BlockStartRule } from './block-rule.ts'
import { startFencedCode } from './code-block.ts'
import { createExtensionRule } from './extension-block.ts'
import { startFootnote } from './footnote-definition.ts'
import { startHeading, startSetextHeading } from './heading.ts'
import { startHtmlBlock } from './html-block.ts'
import { startItem } from './list.ts'
import { startTable } from './table.ts'
import { startThematicBreak } from './thematic-break.ts'

export interface StartRules {
  /** By the character with which a line must begin for them, in the order in which they are tried. */
  readonly byCharacter: ReadonlyMap<string, readonly BlockStartRule[]>
  /** What a line may become that begins with one of these is known only at its end. */
  readonly lateCharacters: string
}

export function createStartRules(gfm: boolean, extensions: readonly MarkdownExtension[]): StartRules {
  const rules = new Map<string, BlockStartRule[]>()
  let lateCharacters = '|'
  const add = (characters: string, rule: BlockStartRule) => {
    for (const character of characters) rules.set(character, [...(rules.get(character) ?? []), rule])
  }
  for (const { name, block } of extensions) {
    if (!block) continue
    add(block.trigger, createExtensionRule(name, block))
    lateCharacters += block.trigger
  }
  add('>', startQuote)
  add('#', startHeading)
  add('`~', startFencedCode)
  add('<', startHtmlBlock)
  add('=-', startSetextHeading)
  if (gfm) add('|-:', startTable)
  add('*-_', startThematicBreak)
  if (gfm) add('[', startFootnote)
  add('*+-0123456789', startItem)
  return { byCharacter: rules, lateCharacters }
}
