import type { Capability, Rates } from '@millrace/core'
import { formatDay } from '../day.ts'
import { createDollars } from '../dollars.ts'
import type { Words } from '../strings.ts'

/** What is said of models and what they cost. */
export interface ModelStrings {
  readonly model: string
  readonly defaultModel: string
  readonly answerWith: string
  /** Per million tokens. */
  readonly price: (rates: Rates) => string
  readonly capabilities: Readonly<Record<Capability, string>>
  /** @param asOf YYYY-MM-DD */
  readonly priceSource: (asOf: string, source: string) => string
}

const inDollars = /* @__PURE__ */ createDollars('en')
const bangDola = /* @__PURE__ */ createDollars('vi')

export const modelWords: Words<ModelStrings> = {
  en: {
    model: 'Model',
    defaultModel: 'Default model',
    answerWith: 'Answer with another model',
    price: ({ input, output }) =>
      input === output
        ? `${inDollars(output)} / M tokens`
        : `${inDollars(input)} in, ${inDollars(output)} out / M tokens`,
    capabilities: { vision: 'sees pictures', tools: 'calls tools', reasoning: 'thinks first' },
    priceSource: (asOf, source) => `Price of ${formatDay('en', asOf)}, from ${source}`,
  },
  vi: {
    model: 'Mô hình',
    defaultModel: 'Mô hình mặc định',
    answerWith: 'Trả lời bằng mô hình khác',
    price: ({ input, output }) =>
      input === output
        ? `${bangDola(output)} / triệu token`
        : `${bangDola(input)} vào, ${bangDola(output)} ra / triệu token`,
    capabilities: { vision: 'xem được ảnh', tools: 'gọi công cụ', reasoning: 'suy nghĩ trước' },
    priceSource: (asOf, source) => `Giá ngày ${formatDay('vi', asOf)}, theo ${source}`,
  },
}
