import type { FilePart } from '../message.ts'
import { bytesOf, isText, quote, refuseFile, urlOf } from './file-content.ts'

/** A file that is no image as Chat Completions take it: sounds, documents, and texts as what they say. */
export function writeFile(file: FilePart): object {
  const { mediaType, name } = file
  const bytes = bytesOf(file)
  if (!bytes || mediaType.startsWith('video/')) return refuseFile(file, 'openai-chat')
  if (isText(mediaType)) return { type: 'text', text: quote(file, bytes) }
  // Formats are named by the ends of their files.
  const [, sound] = /^audio\/(?:x-)?(.+)/.exec(mediaType) ?? []
  if (sound) return { type: 'input_audio', input_audio: { data: bytes, format: sound.replace('mpeg', 'mp3') } }
  return { type: 'file', file: { file_data: urlOf(file), filename: name } }
}
