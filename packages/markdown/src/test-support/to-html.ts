import type {
  BlockNode,
  FootnoteDefinition,
  InlineContent,
  InlineNode,
  List,
  MarkdownDocument,
  TableRow,
} from '../index.ts'

/** The HTML that the standard's own examples show for a tree. Raw HTML passes as it is: for tests alone. */
export function toHtml(root: MarkdownDocument): string {
  return blocksHtml(root.children) + footnotesHtml(root.footnotes?.children ?? [])
}

function blocksHtml(blocks: readonly BlockNode[]): string {
  return blocks.map(blockHtml).join('')
}

function blockHtml(block: BlockNode): string {
  switch (block.type) {
    case 'block-quote':
      return `<blockquote>\n${blocksHtml(block.children)}</blockquote>\n`
    case 'list':
      return listHtml(block)
    case 'item':
    case 'footnote-definition':
      return ''
    case 'paragraph':
      return `<p>${contentHtml(block.content)}</p>\n`
    case 'heading':
      return `<h${block.level}>${contentHtml(block.content)}</h${block.level}>\n`
    case 'thematic-break':
      return '<hr />\n'
    case 'code-block': {
      const [language] = block.info.split(/[ \t]+/)
      const attribute = language ? ` class="language-${escapeHtml(language)}"` : ''
      return `<pre><code${attribute}>${linesOf(block)
        .map((line) => `${escapeHtml(line)}\n`)
        .join('')}</code></pre>\n`
    }
    case 'html-block':
      return `${linesOf(block).join('\n')}\n`
    case 'extension-block':
      return `<${block.name} data-info="${escapeHtml(block.info)}">${escapeHtml(linesOf(block).join('\n'))}</${block.name}>\n`
    case 'table': {
      const [head, ...rows] = block.rows
      const body = rows.map((row) => rowHtml(row, 'td', block.align)).join('')
      return `<table>\n<thead>\n${head ? rowHtml(head, 'th', block.align) : ''}</thead>\n${body ? `<tbody>\n${body}</tbody>\n` : ''}</table>\n`
    }
  }
}

function linesOf({
  lines,
  unfinishedLine,
}: {
  lines: readonly string[]
  unfinishedLine: string | undefined
}): string[] {
  return unfinishedLine === undefined ? [...lines] : [...lines, unfinishedLine]
}

function listHtml({ ordered, first, tight, children }: List): string {
  const tag = ordered ? 'ol' : 'ul'
  const items = children.map(({ checked, children: blocks }) => {
    const box = checked === undefined ? '' : `<input type="checkbox" disabled=""${checked ? ' checked=""' : ''} /> `
    const texts = blocks.map((block, index) => {
      if (block.type !== 'paragraph') return blockHtml(block)
      const text = (index === 0 ? box : '') + contentHtml(block.content)
      return tight ? `${text}\n` : `<p>${text}</p>\n`
    })
    return `<li>${texts.join('')}</li>\n`
  })
  return `<${tag}${ordered && first !== 1 ? ` start="${first}"` : ''}>\n${items.join('')}</${tag}>\n`
}

function rowHtml({ cells }: TableRow, tag: string, align: readonly (string | undefined)[]): string {
  const texts = cells.map(({ content }, index) => {
    const attribute = align[index] ? ` align="${align[index]}"` : ''
    return `<${tag}${attribute}>${contentHtml(content)}</${tag}>\n`
  })
  return `<tr>\n${texts.join('')}</tr>\n`
}

function footnotesHtml(footnotes: readonly FootnoteDefinition[]): string {
  if (footnotes.length === 0) return ''
  const items = footnotes.map(({ number, references, children }) => {
    return `<li id="fn-${number}" data-references="${references.length}">\n${blocksHtml(children)}</li>\n`
  })
  return `<section class="footnotes"><ol>\n${items.join('')}</ol></section>\n`
}

export function contentHtml({ segments, healed = [], unparsed }: InlineContent): string {
  return [...segments.flatMap(({ nodes }) => nodes), ...healed].map(inlineHtml).join('') + escapeHtml(unparsed)
}

function inlineHtml(node: InlineNode): string {
  switch (node.type) {
    case 'text':
      return escapeHtml(node.value)
    case 'emphasis':
      return `<em>${childrenHtml(node)}</em>`
    case 'strong':
      return `<strong>${childrenHtml(node)}</strong>`
    case 'strikethrough':
      return `<del>${childrenHtml(node)}</del>`
    case 'code':
      return `<code>${escapeHtml(node.value)}</code>`
    case 'link':
      return `<a href="${escapeUrl(node.url)}"${titleHtml(node.title)}>${childrenHtml(node)}</a>`
    case 'image':
      return `<img src="${escapeUrl(node.url)}" alt="${escapeHtml(node.alt)}"${titleHtml(node.title)} />`
    case 'break':
      return node.hard ? '<br />\n' : '\n'
    case 'html':
      return node.value
    case 'footnote-reference':
      return `<sup>[${node.definition.number}.${node.definition.references.indexOf(node) + 1}]</sup>`
    case 'extension':
      return `<${node.name}>${escapeHtml(node.value)}</${node.name}>`
  }
}

function childrenHtml({ children }: { readonly children: readonly InlineNode[] }): string {
  return children.map(inlineHtml).join('')
}

function titleHtml(title: string | undefined): string {
  return title === undefined ? '' : ` title="${escapeHtml(title)}"`
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character)
}

/** As the examples of the standard have it: what is escaped already stays. */
function escapeUrl(url: string): string {
  return escapeHtml(encodeURI(url.replace(/[\ud800-\udfff]/gu, '\ufffd')).replace(/%25([\da-f]{2})/gi, '%$1'))
}
