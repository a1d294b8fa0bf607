import { asNumber, asObject, asObjects, asText, defined, isObject, type JsonObject } from '../json.ts'
import type { Capability, Model, ModelsEndpoint, Price } from './provider.ts'

/**
 * The list as OpenAI and its compatibles give it, in `data` or bare, with the prices that OpenRouter and Together add, and
 * what a model can do, as OpenRouter and Mistral say it. What says of itself that it cannot chat is left out.
 */
export const openaiModelsEndpoint: ModelsEndpoint = {
  url: (baseURL) => `${baseURL}/models`,
  read(answer, url) {
    const list = isObject(answer) ? answer.data : answer
    return Array.isArray(list)
      ? {
          models: asObjects(list)
            .filter(canChat)
            .flatMap((model) => toModel(model, url)),
        }
      : undefined
  },
}

const otherTypes = ['image', 'embedding', 'moderation', 'rerank', 'audio', 'video', 'transcribe']

function canChat(model: JsonObject): boolean {
  return asObject(model.capabilities).completion_chat !== false && !otherTypes.includes(asText(model.type) ?? 'chat')
}

function toModel(model: JsonObject, url: string): Model[] {
  const id = asText(model.id)
  if (!id) return []
  const name = asText(model.name) ?? asText(model.display_name) ?? id
  return [defined({ id, name, price: readPrice(asObject(model.pricing), url), capabilities: capabilitiesOf(model) })]
}

const capabilities = ['vision', 'tools', 'reasoning'] as const

function capabilitiesOf({ capabilities: said, architecture, supported_parameters }: JsonObject) {
  if (!isObject(said) && !Array.isArray(supported_parameters)) return undefined
  const { vision, function_calling, reasoning } = asObject(said)
  const inputs = asList(asObject(architecture).input_modalities)
  const parameters = asList(supported_parameters)
  const can: Readonly<Record<Capability, boolean>> = {
    vision: vision === true || inputs.includes('image'),
    tools: function_calling === true || parameters.includes('tools'),
    reasoning: reasoning === true || parameters.includes('reasoning'),
  }
  return capabilities.filter((capability) => can[capability])
}

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

function readPrice(pricing: JsonObject, source: string): Price | undefined {
  const rates = perToken(pricing) ?? perMillion(pricing)
  return rates && { ...rates, asOf: new Date().toISOString().slice(0, 10), source }
}

/** OpenRouter: dollars per token, as text. `-1` stands for a price that depends on where it routes. */
function perToken(pricing: JsonObject) {
  const [input, output] = [toRate(pricing.prompt), toRate(pricing.completion)]
  if (input === undefined || output === undefined) return undefined
  return defined({ input, output, cachedInput: toRate(pricing.input_cache_read) })
}

function toRate(text: unknown): number | undefined {
  const rate = typeof text === 'string' && text ? Number(text) : Number.NaN
  // Rounded, for 0.00000035 times a million is 0.35 and a bit.
  return rate >= 0 ? Number((rate * 1_000_000).toFixed(6)) : undefined
}

/** Together: dollars per million tokens. What has no price by the token is 0 both ways. */
function perMillion(pricing: JsonObject) {
  const [input, output] = [asNumber(pricing.input), asNumber(pricing.output)]
  return input === undefined || output === undefined || input + output <= 0 ? undefined : { input, output }
}
