import { faultNames } from '../../faults/fault.ts'
import { type Reply, reply } from '../../reply/reply.ts'
import { faultNotes } from '../fault-notes.ts'
import type { Language } from '../language.ts'
import { mentions, normalizePrompt } from '../language.ts'
import type { Topic } from '../topic.ts'

const phrases = ['help', 'what can you do', 'trợ giúp', 'giúp tôi', 'hướng dẫn', 'làm được gì', 'làm gì được']

/** Whether the prompt asks what the demo can do. */
export function asksForHelp(prompt: string): boolean {
  return /^[?？]+$/u.test(normalizePrompt(prompt)) || phrases.some((phrase) => mentions(prompt, phrase))
}

/** Lists everything the demo can show, and says what it is. */
export function helpAnswer(topics: readonly Topic[], language: Language): Reply {
  const topicRows = topics.map(({ ask, about }) => `| \`${ask[language]}\` | ${about[language]} |`).join('\n')
  const faultRows = faultNames.map((name) => `| \`${name}\` | ${faultNotes[name][language]} |`).join('\n')
  return reply(language === 'vi' ? inVietnamese(topicRows, faultRows) : inEnglish(topicRows, faultRows))
}

function inEnglish(topicRows: string, faultRows: string): string {
  return `This is the built-in **demo**. There is no language model behind it: what you read was written in advance. But it arrives over the real wire, event by event, so the page does exactly what it would do with a real provider.

## What you can ask for

| Type | You get |
| :--- | :------ |
${topicRows}
| \`flaky\` | an answer that fails once and then gets through |

## What can go wrong

Type the name of a fault, or its status: \`cut\`, \`fault stall\`, \`error 429\`.

| Fault | What happens |
| :---- | :----------- |
${faultRows}

Ask in Vietnamese and the answer is in Vietnamese. To talk to a real model, set \`HOLYSHEEP_API_KEY\` or \`OPENAI_API_KEY\`, or start Ollama, and run \`npm start\` again.`
}

function inVietnamese(topicRows: string, faultRows: string): string {
  return `Đây là bản **demo** có sẵn. Phía sau không có mô hình ngôn ngữ nào: mọi điều bạn đọc đều được viết trước. Nhưng nó được gửi đến qua đường truyền thật, từng sự kiện một, nên trang này hoạt động đúng như với một nhà cung cấp thật.

## Bạn có thể hỏi gì

| Gõ | Bạn nhận được |
| :- | :------------ |
${topicRows}
| \`chập chờn\` | một câu trả lời hỏng một lần rồi mới thành công |

## Những gì có thể hỏng

Hãy gõ tên lỗi hoặc mã trạng thái của nó: \`cut\`, \`lỗi stall\`, \`lỗi 429\`.

| Lỗi | Điều xảy ra |
| :-- | :---------- |
${faultRows}

Hỏi bằng tiếng Việt thì được trả lời bằng tiếng Việt. Muốn trò chuyện với một mô hình thật, hãy đặt biến \`HOLYSHEEP_API_KEY\` hoặc \`OPENAI_API_KEY\`, hay khởi động Ollama, rồi chạy lại \`npm start\`.`
}
