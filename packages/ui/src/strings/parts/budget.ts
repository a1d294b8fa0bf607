import { createDollars } from '../dollars.ts'
import { inEnglish, inVietnamese } from '../formats.ts'
import type { Words } from '../strings.ts'

/** What an answer would cost beside what there is. In US dollars. */
export interface BudgetAmounts {
  /** Of the message and its answer, estimated. */
  readonly cost: number
  readonly spent: number
  readonly max: number
}

/** What is said of costs before a message is sent. */
export interface BudgetStrings {
  readonly estimatedTokens: (count: number) => string
  readonly estimatedCost: (dollars: number) => string
  /** How an estimate is made. */
  readonly estimateDetail: (inputTokens: number, outputTokens: number) => string
  readonly budgetForChat: (amounts: BudgetAmounts) => string
  readonly budgetForSession: (amounts: BudgetAmounts) => string
  readonly sendOnce: string
  readonly sendAlways: string
  readonly keepWriting: string
  /** The same for a reply that is wanted otherwise: another answer, a continuation. */
  readonly askOnce: string
  readonly askAlways: string
  readonly askNot: string
}

const inDollars = /* @__PURE__ */ createDollars('en')
const bangDola = /* @__PURE__ */ createDollars('vi')

export const budgetWords: Words<BudgetStrings> = {
  en: {
    estimatedTokens: (count) => `≈ ${inEnglish.plural(count, { one: '{count} token', other: '{count} tokens' })}`,
    estimatedCost: (dollars) => `≈ ${inDollars(dollars)}`,
    estimateDetail: (input, output) =>
      `An estimate: about ${inEnglish.number(input)} tokens go out with all that was said before, and an answer like the last ones has about ${inEnglish.number(output)}.`,
    budgetForChat: ({ cost, spent, max }) =>
      `This costs about ${inDollars(cost)}. With the ${inDollars(spent)} spent so far, it goes over the ${inDollars(max)} set for this chat.`,
    budgetForSession: ({ cost, spent, max }) =>
      `This costs about ${inDollars(cost)}. With the ${inDollars(spent)} spent since the page was opened, it goes over the ${inDollars(max)} you set.`,
    sendOnce: 'Send this one',
    sendAlways: 'Send, and ask no more',
    keepWriting: 'Do not send',
    askOnce: 'Ask this once',
    askAlways: 'Ask, and warn no more',
    askNot: 'Do not ask',
  },
  vi: {
    estimatedTokens: (count) => `≈ ${inVietnamese.number(count)} token`,
    estimatedCost: (dollars) => `≈ ${bangDola(dollars)}`,
    estimateDetail: (input, output) =>
      `Ước tính: gửi khoảng ${inVietnamese.number(input)} token gồm cả những gì đã nói, và một câu trả lời như trước có khoảng ${inVietnamese.number(output)}.`,
    budgetForChat: ({ cost, spent, max }) =>
      `Tin này tốn khoảng ${bangDola(cost)}. Cùng với ${bangDola(spent)} đã dùng, nó vượt mức ${bangDola(max)} đặt cho cuộc trò chuyện này.`,
    budgetForSession: ({ cost, spent, max }) =>
      `Tin này tốn khoảng ${bangDola(cost)}. Cùng với ${bangDola(spent)} đã dùng từ khi mở trang, nó vượt mức ${bangDola(max)} đã đặt.`,
    sendOnce: 'Chỉ gửi tin này',
    sendAlways: 'Gửi và đừng hỏi nữa',
    keepWriting: 'Không gửi',
    askOnce: 'Chỉ hỏi lần này',
    askAlways: 'Hỏi và đừng nhắc nữa',
    askNot: 'Không hỏi',
  },
}
