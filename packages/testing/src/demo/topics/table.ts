import { holysheep, type Model } from '@millrace/core'
import { reply } from '../../reply/reply.ts'
import type { Language } from '../language.ts'
import type { Topic } from '../topic.ts'

/** A table too wide for a phone: the prices that core knows. */
export const table: Topic = {
  ask: { en: 'table', vi: 'bảng' },
  keywords: ['table', 'tables', 'prices', 'price', 'cost', 'bảng', 'bảng giá', 'giá', 'chi phí'],
  about: { en: 'a wide table: what each model costs', vi: 'một bảng rộng: giá của từng mô hình' },
  answer: (_, language) => reply(language === 'vi' ? vietnameseText() : englishText()),
}

// A short question and a long answer.
const sample = { input: 400, output: 600 }
const sampleReplies = 10_000

function englishText(): string {
  const headings = [
    'Model',
    'Name in the API',
    'Input, $ / 1M',
    'Output, $ / 1M',
    "Maker's price",
    'Saved',
    '10,000 replies',
  ]
  const { asOf, source } = priceOrigin()
  return `Prices in US dollars per million tokens, as published on ${asOf}. The last column is what ten thousand replies cost, each with ${sample.input} tokens in and ${sample.output} out.

${priceTable(headings, 'en')}

A table wider than the page should scroll by itself, without taking the page along. Numbers line up on the right, so that the eye can compare them.

Source: ${source}. Prices change; check them before you rely on them.`
}

function vietnameseText(): string {
  const headings = [
    'Mô hình',
    'Tên trong API',
    'Đầu vào, $ / 1 triệu',
    'Đầu ra, $ / 1 triệu',
    'Giá của hãng',
    'Tiết kiệm',
    '10.000 câu trả lời',
  ]
  const { asOf, source } = priceOrigin()
  return `Giá tính bằng đô la Mỹ cho một triệu token, công bố ngày ${asOf}. Cột cuối là chi phí của mười nghìn câu trả lời, mỗi câu gồm ${sample.input} token đầu vào và ${sample.output} token đầu ra.

${priceTable(headings, 'vi')}

Bảng rộng hơn trang thì phải tự cuộn ngang, không kéo cả trang theo. Các con số được căn phải để mắt dễ so sánh.

Nguồn: ${source}. Giá có thể thay đổi, hãy kiểm tra lại trước khi dựa vào chúng.`
}

function priceTable(headings: readonly string[], language: Language): string {
  const rows = holysheep.models.flatMap((model) => priceRow(model, language))
  return [row(headings), '| :--- | :--- | ---: | ---: | ---: | ---: | ---: |', ...rows].join('\n')
}

function priceRow({ id, name, price }: Model, language: Language): string[] {
  if (!price) return []
  const { input, output, official } = price
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const dollars = new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const replies = ((sample.input * input + sample.output * output) * sampleReplies) / 1_000_000
  return [
    row([
      `**${name}**`,
      `\`${id}\``,
      format.format(input),
      format.format(output),
      official ? format.format(official.output) : '–',
      official ? percent.format(1 - output / official.output) : '–',
      dollars.format(replies),
    ]),
  ]
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function priceOrigin(): { readonly asOf: string; readonly source: string } {
  const [first] = holysheep.models
  return { asOf: first?.price?.asOf ?? '–', source: first?.price?.source ?? '–' }
}
