import { holysheep } from '@millrace/core'
import { pause, reply, think } from '../../reply/reply.ts'
import type { Language } from '../language.ts'
import type { Topic } from '../topic.ts'

/** Reasoning before the answer. */
export const thinking: Topic = {
  ask: { en: 'think', vi: 'suy nghĩ' },
  keywords: ['think', 'thinking', 'reasoning', 'suy nghĩ', 'suy luận'],
  about: { en: 'reasoning before the answer', vi: 'phần suy luận trước câu trả lời' },
  answer(_, language) {
    const bill = monthlyBill()
    const { thought, answer } = language === 'vi' ? inVietnamese(bill) : inEnglish(bill)
    return reply(think(thought), pause(250), answer)
  },
}

interface Line {
  readonly name: string
  readonly perMillion: number
  readonly perMonth: number
}

interface Bill {
  readonly dearest: Line
  readonly cheapest: Line
}

const millionsPerDay = 1
const days = 30

function monthlyBill(): Bill {
  const lines = holysheep.models.map(({ name, price }) => {
    const perMillion = price?.output ?? 0
    return { name, perMillion, perMonth: perMillion * millionsPerDay * days }
  })
  const unknown: Line = { name: '–', perMillion: 0, perMonth: 0 }
  const sorted = lines.filter(({ perMillion }) => perMillion > 0).sort((a, b) => a.perMillion - b.perMillion)
  return { cheapest: sorted[0] ?? unknown, dearest: sorted.at(-1) ?? unknown }
}

function inEnglish({ dearest, cheapest }: Bill): { readonly thought: string; readonly answer: string } {
  const thought = `I am asked to show how I think, so I need a question with a definite answer. What does a busy chat cost in a month?

Let me fix the numbers first. One million tokens a day is a fair size for a product that people use. Thirty days make 30 million tokens.

The prices are per million, so I can multiply directly:
- ${dearest.name}: 30 × ${dollars('en', dearest.perMillion)} = ${dollars('en', dearest.perMonth)}
- ${cheapest.name}: 30 × ${dollars('en', cheapest.perMillion)} = ${dollars('en', cheapest.perMonth)}

Does input cost the same as output? On this price list it does, so only the total counts and I need not split it.

Let me check by the ratio. ${dollars('en', dearest.perMillion)} / ${dollars('en', cheapest.perMillion)} is about ${ratio(dearest, cheapest)}, and so is the ratio of the two monthly sums. Good.`
  const answer = `At one million tokens a day, a month costs **${dollars('en', dearest.perMonth)}** with ${dearest.name} and **${dollars('en', cheapest.perMonth)}** with ${cheapest.name}: about ${ratio(dearest, cheapest)} times less.

Whether the dearer model is worth it depends on the task. A common arrangement is to send everything to the cheap one and only what it fails at to the other.

*The thinking above was written in advance: this is the built-in demo, and there is no model behind it.*`
  return { thought, answer }
}

function inVietnamese({ dearest, cheapest }: Bill): { readonly thought: string; readonly answer: string } {
  const thought = `Người dùng muốn xem cách tôi suy nghĩ, vậy tôi cần một câu hỏi có đáp án rõ ràng. Một ứng dụng trò chuyện đông người dùng tốn bao nhiêu tiền mỗi tháng?

Trước hết phải chốt các con số. Một triệu token mỗi ngày là mức hợp lý cho một sản phẩm đang có người dùng. Ba mươi ngày là 30 triệu token.

Giá tính theo một triệu token nên chỉ cần nhân:
- ${dearest.name}: 30 × ${dollars('vi', dearest.perMillion)} = ${dollars('vi', dearest.perMonth)}
- ${cheapest.name}: 30 × ${dollars('vi', cheapest.perMillion)} = ${dollars('vi', cheapest.perMonth)}

Đầu vào có cùng giá với đầu ra không? Trong bảng giá này thì có, nên chỉ cần tổng số token, không phải tách riêng.

Kiểm tra lại bằng tỉ lệ: ${dollars('vi', dearest.perMillion)} / ${dollars('vi', cheapest.perMillion)} xấp xỉ ${ratio(dearest, cheapest)}, và tỉ lệ giữa hai tổng hằng tháng cũng vậy. Ổn rồi.`
  const answer = `Với một triệu token mỗi ngày, một tháng tốn **${dollars('vi', dearest.perMonth)}** nếu dùng ${dearest.name} và **${dollars('vi', cheapest.perMonth)}** nếu dùng ${cheapest.name}: rẻ hơn khoảng ${ratio(dearest, cheapest)} lần.

Mô hình đắt hơn có đáng tiền hay không còn tùy công việc. Một cách thường dùng là gửi mọi thứ cho mô hình rẻ, và chỉ chuyển cho mô hình kia những gì nó làm chưa được.

*Phần suy luận ở trên được viết sẵn: đây là bản demo có sẵn, phía sau không có mô hình nào.*`
  return { thought, answer }
}

function dollars(language: Language, value: number): string {
  return new Intl.NumberFormat(language, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
  }).format(value)
}

function ratio(dearest: Line, cheapest: Line): string {
  return Math.round(dearest.perMillion / cheapest.perMillion).toString()
}
