import type { RecordedRequest } from '../../recorded-request.ts'
import { type Reply, reply } from '../../reply/reply.ts'
import type { Language } from '../language.ts'

/** The answer to everything else: short, and honest about who is speaking. */
export function fallbackAnswer({ prompt, model }: RecordedRequest, language: Language): Reply {
  const topic = quoted(prompt)
  const asked = model ? `\`${model}\`` : ''
  return reply(language === 'vi' ? inVietnamese(topic, asked) : inEnglish(topic, asked))
}

function inEnglish(topic: string, model: string): string {
  return `You wrote: ${topic || 'nothing at all'}. I would like to say something useful about that, but this is the built-in **demo** and there is no language model behind it${model && `: ${model} is only a name here`}.

What I *can* do is show how answers arrive. Type \`help\` for the list, or try one of these:

- \`essay\` for a long page of Markdown
- \`think\` to see reasoning before the answer
- \`cut\` to see what happens when the connection breaks

For real answers, set \`HOLYSHEEP_API_KEY\` or \`OPENAI_API_KEY\`, or start Ollama, and run \`npm start\` again.`
}

function inVietnamese(topic: string, model: string): string {
  return `Bạn viết: ${topic || '(không có gì)'}. Tôi rất muốn trả lời cho hữu ích, nhưng đây chỉ là bản **demo** có sẵn, phía sau không có mô hình ngôn ngữ nào${model && `: ${model} ở đây chỉ là một cái tên`}.

Điều tôi *làm được* là cho bạn thấy câu trả lời hiện ra như thế nào. Hãy gõ \`trợ giúp\` để xem danh sách, hoặc thử ngay:

- \`bài viết\` để xem một trang Markdown dài
- \`suy nghĩ\` để xem phần suy luận trước câu trả lời
- \`cut\` để xem điều gì xảy ra khi đứt kết nối

Muốn có câu trả lời thật, hãy đặt biến \`HOLYSHEEP_API_KEY\` hoặc \`OPENAI_API_KEY\`, hay khởi động Ollama, rồi chạy lại \`npm start\`.`
}

/** The start of the prompt on one line. Marks that Markdown would read are taken out. */
function quoted(prompt: string): string {
  const line = prompt
    .replace(/[\\`*_[\]<>|#~]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const characters = [...line]
  const short = characters.length > 80 ? `${characters.slice(0, 79).join('').trimEnd()}…` : line
  return short && `“${short}”`
}
