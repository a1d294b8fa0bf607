import { describe, expect, it } from 'vitest'
import { createMessage, type FilePart } from '../message.ts'
import * as wires from './index.ts'
import type { WireFormat } from './wire-format.ts'

const bytes = 'AAAA'
const image: FilePart = { type: 'file', mediaType: 'image/png', data: bytes, name: 'a.png' }
const pdf: FilePart = { type: 'file', mediaType: 'application/pdf', data: bytes, name: 'a.pdf' }
const audio: FilePart = { type: 'file', mediaType: 'audio/mpeg', data: bytes, name: 'a.mp3' }
const video: FilePart = { type: 'file', mediaType: 'video/mp4', data: bytes, name: 'a.mp4' }
const text: FilePart = {
  type: 'file',
  mediaType: 'text/markdown',
  data: 'eGluIGNow6Bv', // xin chào
  name: 'a.md',
}
const json: FilePart = { ...text, mediaType: 'application/json', name: 'a.json' }
const elsewhere = ({ data: _data, ...file }: FilePart): FilePart => ({ ...file, url: 'https://a.test/a' })

/** What becomes of a file beside the text `See`. */
function sent(wire: WireFormat, file: FilePart) {
  const message = createMessage({ role: 'user', content: 'See', parts: [file] })
  const { body } = wire.request({ model: 'm', messages: [message] }, { baseURL: 'https://api.test/v1' })
  const { messages, input, contents } = JSON.parse(JSON.stringify(body))
  const turn = (messages ?? input ?? contents).at(-1)
  return wire.name === 'ollama' ? turn : (turn.parts ?? turn.content).at(-1)
}

describe.each<[string, WireFormat, readonly (readonly [FilePart, unknown])[], readonly FilePart[]]>([
  [
    'openai-chat',
    wires.openaiChat,
    [
      [image, { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } }],
      [elsewhere(image), { type: 'image_url', image_url: { url: 'https://a.test/a' } }],
      [pdf, { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } }],
      [audio, { type: 'input_audio', input_audio: { data: bytes, format: 'mp3' } }],
      [
        { ...audio, mediaType: 'audio/x-wav' },
        { type: 'input_audio', input_audio: { data: bytes, format: 'wav' } },
      ],
      [text, { type: 'text', text: 'a.md:\n\nxin chào' }],
      [json, { type: 'text', text: 'a.json:\n\nxin chào' }],
    ],
    [video, elsewhere(pdf), elsewhere(audio), elsewhere(text)],
  ],
  [
    'openai-responses',
    wires.openaiResponses,
    [
      [image, { type: 'input_image', image_url: 'data:image/png;base64,AAAA' }],
      [pdf, { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' }],
      [elsewhere(pdf), { type: 'input_file', filename: 'a.pdf', file_url: 'https://a.test/a' }],
      [text, { type: 'input_text', text: 'a.md:\n\nxin chào' }],
    ],
    [audio, video],
  ],
  [
    'anthropic',
    wires.anthropic,
    [
      [image, { type: 'image', source: { type: 'base64', media_type: 'image/png', data: bytes } }],
      [elsewhere(image), { type: 'image', source: { type: 'url', url: 'https://a.test/a' } }],
      [
        pdf,
        { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: bytes }, title: 'a.pdf' },
      ],
      [
        json,
        { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'xin chào' }, title: 'a.json' },
      ],
    ],
    [audio, video, elsewhere(text)],
  ],
  [
    'gemini',
    wires.gemini,
    [
      [image, { inlineData: { mimeType: 'image/png', data: bytes } }],
      [pdf, { inlineData: { mimeType: 'application/pdf', data: bytes } }],
      [audio, { inlineData: { mimeType: 'audio/mpeg', data: bytes } }],
      [text, { inlineData: { mimeType: 'text/markdown', data: text.data } }],
      [json, { inlineData: { mimeType: 'text/plain', data: json.data } }],
      [elsewhere(video), { fileData: { mimeType: 'video/mp4', fileUri: 'https://a.test/a' } }],
    ],
    [],
  ],
  [
    'ollama',
    wires.ollama,
    [
      [image, { role: 'user', content: 'See', images: [bytes] }],
      [text, { role: 'user', content: 'See\n\na.md:\n\nxin chào' }],
    ],
    [pdf, audio, video, elsewhere(image)],
  ],
  [
    'ui-message-stream',
    wires.uiMessageStream,
    [
      [pdf, { type: 'file', mediaType: 'application/pdf', url: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' }],
      [video, { type: 'file', mediaType: 'video/mp4', url: 'data:video/mp4;base64,AAAA', filename: 'a.mp4' }],
    ],
    [],
  ],
])('%s', (format, wire, taken, refused) => {
  it.each(taken.map(([file, expected]) => [file.mediaType, file.url ? 'elsewhere' : 'here', file, expected] as const))(
    'takes %s that is %s',
    (_, __, file, expected) => {
      expect(sent(wire, file)).toEqual(expected)
    },
  )

  if (refused.length > 0)
    it.each(refused.map((file) => [file.mediaType, file.url ? 'elsewhere' : 'here', file] as const))(
      'says before anything is sent that it takes no %s that is %s',
      (mediaType, _, file) => {
        expect(() => sent(wire, file)).toThrow(`${format} takes no ${mediaType}`)
        expect(() => sent(wire, file)).toThrow(TypeError)
      },
    )
})

it('a data URL is read like bytes', () => {
  const { data, ...rest } = text
  expect(sent(wires.openaiChat, { ...rest, url: `data:text/markdown;charset=utf-8;base64,${data}` })).toEqual({
    type: 'text',
    text: 'a.md:\n\nxin chào',
  })
})
