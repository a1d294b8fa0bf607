export { holysheep } from './holysheep.ts'
export { type OpenAICompatibleOptions, openaiCompatible } from './openai-compatible.ts'
export type { Model, Price, Provider } from './provider.ts'
