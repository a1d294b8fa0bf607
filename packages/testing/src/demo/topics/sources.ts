import { cite, reply } from '../../reply/reply.ts'
import type { Topic } from '../topic.ts'

/** An answer that names its sources. */
export const sources: Topic = {
  ask: { en: 'sources', vi: 'trích dẫn' },
  keywords: ['sources', 'cite', 'citation', 'citations', 'trích dẫn', 'nguồn tham khảo', 'dẫn nguồn'],
  about: { en: 'an answer that names its sources', vi: 'một câu trả lời có dẫn nguồn' },
  answer: (_, language) =>
    reply(
      language === 'vi'
        ? 'Một server-sent event kết thúc bằng một dòng trống; phần dữ liệu còn dang dở khi luồng đóng lại sẽ bị bỏ đi. '
        : 'A server-sent event ends with a blank line; what is still unfinished when the stream closes is thrown away. ',
      cite('https://html.spec.whatwg.org/multipage/server-sent-events.html', 'HTML Standard: Server-sent events'),
      language === 'vi'
        ? 'Văn bản của nó luôn được mã hóa bằng UTF-8, mỗi ký tự từ một đến bốn byte. '
        : 'Its text is always UTF-8, in which a character takes one to four bytes. ',
      cite('https://www.rfc-editor.org/rfc/rfc3629', 'RFC 3629: UTF-8'),
      language === 'vi'
        ? 'Khi bị giới hạn tần suất, máy chủ có thể dùng `Retry-After` để báo phải chờ bao lâu: số giây hoặc một thời điểm.'
        : 'A server that limits requests can say how long to wait with `Retry-After`: a number of seconds, or a date.',
      cite('https://www.rfc-editor.org/rfc/rfc9110#name-retry-after', 'RFC 9110: Retry-After'),
    ),
}
