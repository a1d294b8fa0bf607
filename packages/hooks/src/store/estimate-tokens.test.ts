import { createMessage, type Part } from '@millrace/core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createTokenEstimator, estimateTokens } from './estimate-tokens.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

// What OpenAI's o200k vocabulary makes of these: counted once, by a tokenizer that is no part of this.
it.each([
  [
    'English',
    79,
    'A millrace is the channel that carries a fast stream of water to the wheel of a mill. The miller opens a gate, the water runs, and the wheel begins to turn. Nothing is stored on the way, and nothing is lost; what arrives is used at once, and the rest flows on to the river below. People have built such channels for more than two thousand years.',
  ],
  [
    'Vietnamese',
    98,
    'Máng nước là con kênh dẫn dòng nước chảy xiết tới bánh xe của cối xay. Người thợ mở cửa cống, nước chảy và bánh xe bắt đầu quay. Không có gì được giữ lại trên đường đi, và không có gì bị mất; thứ gì đến thì được dùng ngay, phần còn lại chảy tiếp xuống con sông phía dưới. Con người đã xây những con kênh như vậy hơn hai nghìn năm nay.',
  ],
  [
    'German',
    71,
    'Ein Mühlgraben ist der Kanal, der einen schnellen Strom zum Rad einer Mühle führt. Der Müller öffnet ein Tor, das Wasser läuft, und das Rad beginnt sich zu drehen. Nichts wird unterwegs aufgehalten und nichts geht verloren; was ankommt, wird sofort gebraucht, und der Rest fließt weiter in den Fluss darunter.',
  ],
  [
    'Chinese',
    87,
    '水渠是把湍急的水流引到磨坊水轮的通道。磨坊主打开闸门，水流动起来，水轮开始转动。路上什么也不会被截留，什么也不会丢失；到达的水立刻被使用，其余的继续流向下面的河。人们修建这样的水渠已有两千多年的历史。',
  ],
  [
    'Japanese',
    100,
    '水路は、速い流れを水車へ運ぶ溝です。粉屋が水門を開けると水が流れ、水車が回り始めます。途中で何も止められず、何も失われません。届いたものはすぐに使われ、残りは下の川へ流れていきます。人々は二千年以上も前からこのような水路を作ってきました。',
  ],
  [
    'Korean',
    88,
    '물길은 빠른 물살을 물레방아의 바퀴로 이끄는 도랑이다. 방앗간 주인이 수문을 열면 물이 흐르고 바퀴가 돌기 시작한다. 가는 길에 멈추는 것도 없고 잃는 것도 없다. 도착한 물은 곧바로 쓰이고 나머지는 아래 강으로 흘러간다.',
  ],
  [
    'Hindi',
    65,
    'मिल की नाली वह नहर है जो तेज़ धारा को चक्की के पहिये तक ले जाती है। चक्कीवाला फाटक खोलता है, पानी बहता है और पहिया घूमने लगता है। रास्ते में कुछ भी नहीं रुकता और कुछ भी नहीं खोता।',
  ],
])('comes within a fifth for prose in %s', (_, tokens, text) => {
  expect(estimateTokens(text)).toBeGreaterThan(tokens * 0.8)
  expect(estimateTokens(text)).toBeLessThan(tokens * 1.2)
})

it('takes Vietnamese for the same in either form of Unicode, within a fifth', () => {
  const text = 'Người thợ mở cửa cống, nước chảy và bánh xe bắt đầu quay.'
  expect(estimateTokens(text.normalize('NFD')) / estimateTokens(text.normalize('NFC'))).toBeLessThan(1.5)
})

const text = (text: string): Part => ({ type: 'text', text, state: 'streaming' })
const message = (parts: readonly Part[], id = 'a') => createMessage({ id, role: 'assistant', parts })

describe('a growing reply', () => {
  it('is estimated as its text is at once', () => {
    const estimate = createTokenEstimator()
    const whole = 'Nước chảy 水流 and the wheel turns. '.repeat(20)
    let last = 0
    for (let length = 0; length <= whole.length; length += 7) last = estimate(message([text(whole.slice(0, length))]))
    expect(last).toBe(estimateTokens(whole.slice(0, whole.length - (whole.length % 7))))
  })

  it('is read from where it was read to, and its other parts not again', () => {
    const estimate = createTokenEstimator()
    const thought: Part = { type: 'reasoning', text: 'x'.repeat(10_000), state: 'done' }
    estimate(message([thought, text('x'.repeat(100_000))]))
    const read = vi.spyOn(String.prototype, 'charCodeAt')
    estimate(message([thought, text(`${'x'.repeat(100_000)}abcd`)]))
    expect(read).toHaveBeenCalledTimes(4)
  })

  it('counts thoughts and the arguments of tools as well', () => {
    const call: Part = {
      type: 'tool-call',
      toolCallId: 'a',
      toolName: 'look',
      argumentsText: 'x'.repeat(40),
      state: 'input-streaming',
    }
    expect(createTokenEstimator()(message([{ type: 'reasoning', text: 'x'.repeat(40), state: 'done' }, call]))).toBe(20)
  })
})

it('starts anew for another message, and for a text that is not the same any more', () => {
  const estimate = createTokenEstimator()
  estimate(message([text('x'.repeat(400))]))
  expect(estimate(message([text('x'.repeat(40))]))).toBe(10)
  expect(estimate(message([text('x'.repeat(80))], 'b'))).toBe(20)
})
