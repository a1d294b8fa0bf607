import { isObject, type JsonObject } from '../../json.ts'
import type { RecordedRequest } from '../../recorded-request.ts'
import { callTool, type Reply, reply } from '../../reply/reply.ts'
import type { Language } from '../language.ts'
import type { Topic } from '../topic.ts'

/** Calls a tool of the request, the one it names or the first; without any it makes one up. */
export const tool: Topic = {
  ask: { en: 'tool', vi: 'công cụ' },
  keywords: ['tool', 'tools', 'weather', 'công cụ', 'thời tiết'],
  about: { en: 'a call of a tool, its arguments streamed', vi: 'một lần gọi công cụ, tham số hiện dần' },
  answer(request, language) {
    const { tools, prompt } = request
    const wanted = tools.find(({ name }) => name && prompt.includes(name)) ?? tools[0]
    const opening = language === 'vi' ? 'Để tôi tra cứu giúp bạn.' : 'Let me look that up.'
    if (!wanted?.name) return reply(opening, callTool('get_weather', { city: 'Hà Nội', unit: 'celsius' }))
    return reply(opening, callTool(wanted.name, sampleInput(wanted.parameters)))
  },
}

/** Answers a request that brings what a tool returned; undefined where it brings none. */
export function answerToolOutput(request: RecordedRequest, language: Language): Reply | undefined {
  const last = request.messages.at(-1)
  if (last?.role !== 'tool') return undefined
  const output = `\n\n\`\`\`json\n${last.text.slice(0, 2_000)}\n\`\`\`\n\n`
  return language === 'vi'
    ? reply(
        `Công cụ đã trả về:${output}Một mô hình thật sẽ diễn đạt kết quả này thành lời. Bản demo chỉ đưa nó lại cho bạn.`,
      )
    : reply(`The tool returned:${output}A real model would now put that into words. The demo hands it back as it came.`)
}

/** Arguments that fit a JSON Schema well enough to be shown: its own default or example where it has one. */
function sampleInput(schema: unknown): JsonObject {
  const properties = isObject(schema) && isObject(schema.properties) ? schema.properties : {}
  return Object.fromEntries(Object.entries(properties).map(([name, property]) => [name, sampleValue(name, property)]))
}

function sampleValue(name: string, schema: unknown): unknown {
  if (!isObject(schema)) return null
  if (schema.default !== undefined) return schema.default
  for (const list of [schema.enum, schema.examples]) if (Array.isArray(list) && list.length > 0) return list[0]
  switch (schema.type) {
    case 'number':
    case 'integer':
      return typeof schema.minimum === 'number' ? schema.minimum : 1
    case 'boolean':
      return true
    case 'array':
      return []
    case 'object':
      return sampleInput(schema)
    default:
      return /city|location|place/i.test(name) ? 'Hà Nội' : 'demo'
  }
}
