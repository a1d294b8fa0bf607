import { flattenThread, type PlacedMessage, unflattenThread } from './flat-thread.ts'
import { asText, isObject, type JsonObject } from './json.ts'
import { decodeMessage, encodeMessage, interruptMessage, type MessageData } from './message-data.ts'
import { allMessages, type Thread } from './thread.ts'

const format = 'millrace-thread'
/** Of the file. A reader reads its own and all before. */
const version = 1

/** What a file may say about its thread. */
export interface ThreadLabels {
  readonly id?: string | undefined
  readonly title?: string | undefined
}

/**
 * Writes a whole thread as JSON: every branch, and of every message all it has. Only the cause of an error is left out,
 * and what metadata, data parts and tools hold that JSON cannot say.
 * @throws {TypeError} where they hold a cycle or a bigint.
 */
export function exportThread(thread: Thread, { id, title }: ThreadLabels = {}): string {
  const { messages, shown } = flattenThread(thread)
  const placed = messages.map(({ message, ...place }) => ({ ...encodeMessage(message), ...place }))
  return JSON.stringify({ format, version, id, title, shown, messages: placed }, undefined, 2)
}

/**
 * Reads what `exportThread` wrote. A reply that was on its way then is `incomplete` now.
 * @throws {TypeError} for anything else; it names the place: `messages[2].parts[0].text has to be a string.`
 */
export function importThread(json: string): Thread & ThreadLabels {
  const file = parse(json)
  check(file.format === format, 'format', `"${format}"`)
  check(isCount(file.version) && file.version > 0, 'version', 'a number')
  check(file.version <= version, 'version', `at most ${version}; for a newer one, use a newer @millrace/core`)
  check(isListOf(file.shown, isString), 'shown', 'a list of ids')
  check(Array.isArray(file.messages), 'messages', 'a list')
  const messages = file.messages.map(readPlaced)
  checkPlaces(messages)
  const thread = unflattenThread({ messages, shown: file.shown })
  check(allMessages(thread).length === messages.length, 'parentId', 'no circle of messages after each other')
  return { ...thread, id: asText(file.id), title: asText(file.title) }
}

function parse(json: string): JsonObject {
  let file: unknown
  try {
    file = JSON.parse(json)
  } catch (cause) {
    throw new TypeError('The thread is no JSON.', { cause })
  }
  check(isObject(file), 'The thread', 'an object')
  return file
}

/** Each message is there once, after one that is there. */
function checkPlaces(messages: readonly PlacedMessage[]): void {
  const ids = new Set(messages.map(({ message }) => message.id))
  const seen = new Set<string>()
  for (const [index, { message, parentId }] of messages.entries()) {
    check(!seen.has(message.id), `messages[${index}].id`, 'that of no message before')
    check(parentId === '' || ids.has(parentId), `messages[${index}].parentId`, `the id of a message, or ''`)
    seen.add(message.id)
  }
}

function readPlaced(value: unknown, index: number): PlacedMessage {
  const where = `messages[${index}]`
  check(isObject(value), where, 'an object')
  const { parentId, place, ...data } = value
  check(isString(parentId), `${where}.parentId`, 'a string')
  check(isCount(place), `${where}.place`, 'a whole number')
  assertMessageData(data, where)
  return { message: interruptMessage(decodeMessage(data)), parentId, place }
}

function assertMessageData(data: JsonObject, where: string): asserts data is JsonObject & MessageData {
  const { id, role, status, createdAt, parts, error } = data
  check(isString(id) && id !== '', `${where}.id`, 'a string that is not empty')
  checkOneOf(role, `${where}.role`, ['system', 'user', 'assistant', 'tool'])
  checkOneOf(status, `${where}.status`, ['pending', 'streaming', 'done'])
  check(typeof createdAt === 'number', `${where}.createdAt`, 'a number')
  check(Array.isArray(parts), `${where}.parts`, 'a list')
  for (const [index, part] of parts.entries()) checkPart(part, `${where}.parts[${index}]`)
  for (const name of ['usage', 'timing', 'metadata', 'error'])
    check(data[name] === undefined || isObject(data[name]), `${where}.${name}`, 'an object')
  for (const name of ['model', 'finishReason'])
    check(data[name] === undefined || isString(data[name]), `${where}.${name}`, 'a string')
  check(!error || (isObject(error) && isString(error.code)), `${where}.error.code`, 'a string')
}

const text = ['text', 'state']
/** What each type of part cannot do without; all of it is strings. */
const fieldsOfParts: Readonly<Record<string, readonly string[]>> = {
  text,
  reasoning: text,
  refusal: text,
  'tool-call': ['toolCallId', 'toolName', 'argumentsText', 'state'],
  file: ['mediaType'],
  source: ['url'],
  data: ['name'],
}

function checkPart(part: unknown, where: string): void {
  check(isObject(part), where, 'an object')
  checkOneOf(part.type, `${where}.type`, Object.keys(fieldsOfParts))
  for (const name of fieldsOfParts[part.type] ?? []) check(isString(part[name]), `${where}.${name}`, 'a string')
}

function checkOneOf(value: unknown, where: string, known: readonly string[]): asserts value is string {
  check(isString(value) && known.includes(value), where, `one of ${known.join(', ')}`)
}

function check(isRight: boolean, where: string, what: string): asserts isRight {
  if (!isRight) throw new TypeError(`${where} has to be ${what}.`)
}

const isString = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0

function isListOf<T>(value: unknown, isItem: (item: unknown) => item is T): value is readonly T[] {
  return Array.isArray(value) && value.every(isItem)
}
