import type { FilePart, Message, Part, ToolCallPart } from './message.ts'
import type { Thread } from './thread.ts'

const speakers = { system: 'System', user: 'User', assistant: 'Assistant', tool: 'Tool' }

/**
 * Writes the path that is shown as Markdown, to be read: who says what, what was thought, called, attached and cited, and
 * how a reply ended that did not end by itself. It cannot be read back; `exportThread` writes what can.
 */
export function threadToMarkdown({ messages }: Pick<Thread, 'messages'>, { title }: { title?: string } = {}): string {
  const sections = messages.map(messageToMarkdown)
  return `${[...(title ? [`# ${oneLine(title)}`] : []), ...sections].join('\n\n')}\n`
}

function messageToMarkdown({ role, model, parts, finishReason, error }: Message): string {
  const heading = `## ${speakers[role]}${model ? ` (${model})` : ''}`
  const sources = parts.flatMap((part) =>
    part.type === 'source' ? [`- ${link(part.title ?? part.url, part.url)}`] : [],
  )
  const blocks = [
    heading,
    ...joined(parts).map(partToMarkdown),
    sources.length > 0 && `Sources:\n\n${sources.join('\n')}`,
    endingToMarkdown(finishReason, error?.code),
  ]
  return blocks.filter(Boolean).join('\n\n')
}

/** A source is named in the middle of a sentence, so the text around it is one part; text beside text is, too. */
function joined(parts: readonly Part[]): readonly Part[] {
  const blocks: Part[] = []
  for (const part of parts.filter(({ type }) => type !== 'source')) {
    const last = blocks.at(-1)
    if (last?.type === 'text' && part.type === 'text') blocks.splice(-1, 1, { ...last, text: last.text + part.text })
    else blocks.push(part)
  }
  return blocks
}

function partToMarkdown(part: Part): string {
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text.trim()
    case 'reasoning':
      return part.text && quote(`**Reasoning**\n\n${part.text.trim()}`)
    case 'tool-call':
      return callToMarkdown(part)
    case 'file':
      return fileToMarkdown(part)
    case 'data':
      return `**${part.name}**\n\n${fence(part.data)}`
    case 'source':
      return ''
  }
}

function callToMarkdown({ toolName, input, argumentsText, output, errorText }: ToolCallPart): string {
  const outcome = errorText ?? output
  const called = `**Tool ${toolName}**\n\n${fence(input ?? argumentsText)}`
  return outcome === undefined ? called : `${called}\n\n${errorText ? 'Failed' : 'Returned'}:\n\n${fence(outcome)}`
}

/** A file that is in the thread itself is named: its bytes are nothing to read. */
function fileToMarkdown({ name, mediaType, url }: FilePart): string {
  const label = name ?? mediaType
  if (!url || url.startsWith('data:')) return `File: ${label}`
  return mediaType.startsWith('image/') ? `!${link(label, url)}` : link(label, url)
}

function endingToMarkdown(finishReason: Message['finishReason'], code: string | undefined): string {
  const endsByItself = !finishReason || /^(stop|tool-calls|unknown)$/.test(finishReason)
  return endsByItself ? '' : `*Ended: ${code ?? finishReason}*`
}

/** A block of code around anything, backticks included. */
function fence(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, undefined, 2) ?? '')
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const marks = '`'.repeat(longest + 1)
  return `${marks}${typeof value === 'string' ? '' : 'json'}\n${text}\n${marks}`
}

const quote = (text: string) => text.replace(/^/gm, '> ').replace(/[ \t]+$/gm, '')
const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim()
const link = (label: string, url: string) =>
  `[${oneLine(label).replace(/[\\[\]]/g, '\\$&')}](<${url.replace(/[<>\n]/g, encodeURIComponent)}>)`
