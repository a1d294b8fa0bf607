import { type Reply, refuse, reply } from '../../reply/reply.ts'
import { splitTokens } from '../../reply/tokens.ts'
import type { Topic } from '../topic.ts'
import { essayText } from './essay.ts'

/** A reply that reaches its token limit. Asked to continue, it goes on where it stopped. */
const tooLong: Topic = {
  ask: { en: 'length', vi: 'giới hạn' },
  keywords: ['length', 'limit', 'max tokens', 'giới hạn', 'độ dài'],
  about: {
    en: 'an answer that hits its token limit, and can be continued',
    vi: 'một câu trả lời chạm giới hạn độ dài, và có thể viết tiếp',
  },
  answer(request, language) {
    const text = essayText[language]
    if (request.messages.at(-1)?.role === 'assistant') return reply(text)
    return { ...reply(splitTokens(text).slice(0, 160).join('')), finishReason: 'length' }
  },
}

/** A reply at the speed of the fastest models, long enough to make a slow page show. */
const fast: Topic = {
  ask: { en: 'fast', vi: 'thật nhanh' },
  keywords: ['fast', 'stress', 'thật nhanh', 'tốc độ'],
  about: { en: 'a very long answer at 2,000 tokens a second', vi: 'một câu trả lời rất dài, 2.000 token mỗi giây' },
  answer: (_, language): Reply => ({
    ...reply(Array.from({ length: 6 }, () => essayText[language]).join('\n\n')),
    pace: { firstTokenMs: 350, tokensPerSecond: 2_000 },
  }),
}

const refusal: Topic = {
  ask: { en: 'refuse', vi: 'từ chối' },
  keywords: ['refuse', 'refusal', 'từ chối'],
  about: { en: 'a refusal', vi: 'một lời từ chối' },
  answer: (_, language) =>
    reply(
      language === 'vi'
        ? refuse('Rất tiếc, tôi không thể giúp việc này. (Bản demo từ chối vì bạn vừa yêu cầu nó từ chối.)')
        : refuse("I'm sorry, but I can't help with that. (The demo refuses because you asked it to.)"),
    ),
}

/** Replies that end in other ways than usual, or come faster. */
export const endings: readonly Topic[] = [tooLong, refusal, fast]
