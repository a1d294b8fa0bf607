import type { ThemeRegistrationAny } from '@shikijs/primitive'
import type { TokenType } from './highlighter.ts'

/** TextMate scopes of each type. Where several match, the longest scope wins, as in any TextMate theme. */
const scopes: Readonly<Record<TokenType, readonly string[]>> = {
  attribute: ['entity.other.attribute-name', 'meta.decorator', 'meta.attribute', 'punctuation.decorator'],
  comment: ['comment', 'punctuation.definition.comment'],
  constant: ['constant', 'support.constant', 'variable.language', 'variable.other.enummember', 'keyword.other.unit'],
  deleted: ['markup.deleted', 'punctuation.definition.deleted'],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic', 'entity.name.command'],
  heading: ['markup.heading', 'markup.bold'],
  inserted: ['markup.inserted', 'punctuation.definition.inserted'],
  keyword: ['keyword', 'storage', 'punctuation.definition.template-expression', 'punctuation.section.embedded'],
  link: ['markup.underline.link', 'string.other.link', 'constant.other.reference.link'],
  parameter: ['variable.parameter'],
  property: [
    'support.type.property-name',
    'meta.object-literal.key',
    'variable.other.property',
    'entity.name.tag.yaml',
  ],
  punctuation: ['punctuation', 'keyword.operator.type.annotation', 'meta.brace', 'meta.delimiter'],
  string: ['string', 'punctuation.definition.string', 'constant.other.symbol', 'markup.inline.raw'],
  tag: ['entity.name.tag', 'support.class.component', 'punctuation.definition.tag'],
  type: ['entity.name.type', 'entity.name.class', 'support.type', 'support.class', 'entity.other.inherited-class'],
}

const types = Object.keys(scopes) as TokenType[]
const textColor = '#000000'
// A tokeniser knows colours alone, so each type gets one that stands for it and is never painted.
const colorOf = (index: number) => `#${(index + 1).toString(16).padStart(6, '0').toUpperCase()}`

/** A theme whose colours name types: what they look like is for a style sheet to say. */
export const theme: ThemeRegistrationAny = {
  name: 'millrace',
  type: 'light',
  fg: textColor,
  bg: '#FFFFFF',
  settings: [
    { settings: { foreground: textColor, background: '#FFFFFF' } },
    ...types.map((type, index) => ({ scope: [...scopes[type]], settings: { foreground: colorOf(index) } })),
  ],
}

/** @param color As in the tokeniser's colour map. */
export function typeOf(color: string | undefined): TokenType | undefined {
  return color && color !== textColor ? types[Number.parseInt(color.slice(1), 16) - 1] : undefined
}
