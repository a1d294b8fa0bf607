import type { ServerSentEvent } from './decode-sse.ts'

/**
 * Writes one event, blank line included. Data of several lines becomes several data lines.
 * @throws {TypeError} where the type or id holds a line break or a NUL: it would be read as something else.
 */
export function encodeSse({ type, id, data }: Partial<ServerSentEvent>): string {
  let text = ''
  if (type !== undefined && type !== 'message') text += `event: ${oneLine('type', type)}\n`
  if (id !== undefined) text += `id: ${oneLine('id', id)}\n`
  if (data !== undefined) for (const line of data.split(/\r\n|\n|\r/)) text += `data: ${line}\n`
  return `${text}\n`
}

function oneLine(name: string, value: string): string {
  if (/[\r\n\0]/.test(value)) throw new TypeError(`The ${name} of an event may not hold a line break or a NUL.`)
  return value
}
