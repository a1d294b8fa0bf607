import { reply } from '../../reply/reply.ts'
import type { Bilingual } from '../language.ts'
import type { Topic } from '../topic.ts'

/** A page with every kind of Markdown that an answer tends to hold. */
export const essay: Topic = {
  ask: { en: 'essay', vi: 'bài viết' },
  keywords: ['essay', 'article', 'markdown', 'bài viết', 'bài luận', 'viết bài'],
  about: {
    en: 'a long page of Markdown: how a streamed answer reaches your screen',
    vi: 'một trang Markdown dài: câu trả lời đến màn hình bằng đường nào',
  },
  answer: (_, language) => reply(essayText[language]),
}

export const essayText: Bilingual = {
  en: `# How an answer reaches your screen

You press Enter, and a third of a second later words begin to appear. Between the two lies a short journey, and most of what makes a chat feel *fast* or *slow* is decided along the way. Here it is, stage by stage.

## 1. The model writes one token at a time

A language model does not think up a whole page and then send it. It picks the next **token**, a word or a piece of one, adds it to everything so far, and starts over. Two numbers describe how that feels:

- **Time to first token.** The model has to read your whole thread before it can say anything. A long thread means a longer silence at the start.
- **Tokens per second.** From then on the pace is fairly even. This demo writes about 80 a second; a person reads perhaps 5 or 6.

So a stream is nearly always faster than its reader. What people notice is the *wait* in front, not the speed behind it.

## 2. The server sends events

Each token leaves as soon as it exists, as a *server-sent event*: a line that starts with \`data:\`, some JSON, and a blank line.

\`\`\`
data: {"choices":[{"index":0,"delta":{"content":"Hello"}}]}

data: {"choices":[{"index":0,"delta":{"content":" there"}}]}

data: [DONE]
\`\`\`

> Why not WebSockets? Because nothing needs to flow upwards. One request, one long response: plain HTTP does it, and so do every proxy, log and load balancer in between.

The browser has a class for such streams, \`EventSource\`, but it can only send \`GET\` requests and cannot set headers. Chat clients use \`fetch\` and read the body themselves.

## 3. The network cuts where it likes

TCP knows nothing of events. What arrives in one read may be half an event, or seven and a half. It may even end inside a character:

| Character | Bytes in UTF-8 | May be cut |
| :-------- | -------------: | :--------- |
| \`e\`       |              1 | never      |
| \`é\`       |              2 | in 1 place |
| \`ế\`       |              3 | in 2 places |
| \`🚀\`      |              4 | in 3 places |

That leads to three rules for whoever reads the stream:

1. Keep **one** text decoder for the whole answer, with \`{ stream: true }\`.
2. Keep the unfinished line until the rest of it arrives.
3. Never assume that:
   - a piece is an event,
   - an event is a token,
   - or a token is a word.

## 4. The page paints sixty times a second

A screen at 60 Hz shows a new frame every 16.7 milliseconds. At 80 tokens a second that is little more than one token a frame. But a fast model reaches 2,000 a second, and then *thirty-three* tokens share each frame. Whoever renders all of them one by one does the same work thirty-three times, and only the last is ever seen.

The remedy is simple to say: ~~render every token~~ **commit once per frame**, and never touch what is already finished. A paragraph that has ended does not need to be parsed again because a word was added below it.

## 5. How it ends

A good stream says why it stopped: \`stop\` when the model is done, \`length\` when it ran into its limit, \`tool_calls\` when it wants something from you. And then there are the other endings. A train enters a tunnel, a proxy loses patience, a server restarts. The connection closes, and the text just… stops.

A client that calls this "done" is lying to its user. Before you trust one, check that it:

- [x] keeps the text that had arrived,
- [x] says that the answer is unfinished,
- [x] offers to continue,
- [ ] invents a happy ending.

---

That is the whole way: tokens, events, bytes, frames. If you want to see it go wrong, type \`help\` and pick a fault. For the fine print of the format, the [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html) is surprisingly pleasant to read.`,
  vi: `# Một câu trả lời đến màn hình bằng đường nào

Bạn nhấn Enter, và chỉ một phần ba giây sau, những chữ đầu tiên hiện ra. Ở giữa là một hành trình ngắn, và phần lớn cảm giác *nhanh* hay *chậm* của một ứng dụng trò chuyện được quyết định trên chặng đường ấy. Ta hãy đi qua từng chặng.

## 1. Mô hình viết từng token một

Mô hình ngôn ngữ không nghĩ sẵn cả trang rồi mới gửi đi. Nó chọn **token** kế tiếp (một từ hoặc một mẩu của từ), ghép vào phần đã viết, rồi lặp lại. Có hai con số mô tả cảm giác đó:

- **Thời gian đến token đầu tiên.** Mô hình phải đọc hết cuộc trò chuyện rồi mới nói được chữ đầu tiên. Cuộc trò chuyện càng dài, khoảng lặng ban đầu càng lâu.
- **Số token mỗi giây.** Từ đó trở đi tốc độ khá đều. Bản demo này viết khoảng 80 token mỗi giây, còn người đọc chỉ kịp chừng 5 hay 6.

Vì thế, luồng chữ hầu như luôn nhanh hơn người đọc. Điều người ta nhận ra là khoảng *chờ* ở phía trước, chứ không phải tốc độ ở phía sau.

## 2. Máy chủ gửi các sự kiện

Mỗi token được gửi đi ngay khi vừa có, dưới dạng một *server-sent event*: một dòng bắt đầu bằng \`data:\`, một đoạn JSON, rồi một dòng trống.

\`\`\`
data: {"choices":[{"index":0,"delta":{"content":"Xin"}}]}

data: {"choices":[{"index":0,"delta":{"content":" chào"}}]}

data: [DONE]
\`\`\`

> Sao không dùng WebSocket? Vì chẳng có gì cần gửi ngược lên. Một yêu cầu, một phản hồi dài: HTTP thông thường là đủ, và mọi proxy, nhật ký hay bộ cân bằng tải ở giữa đều hiểu nó.

Trình duyệt có sẵn lớp \`EventSource\` cho những luồng như vậy, nhưng nó chỉ gửi được yêu cầu \`GET\` và không đặt được header. Vì thế các ứng dụng trò chuyện dùng \`fetch\` rồi tự đọc phần thân.

## 3. Mạng cắt ở đâu tùy thích

TCP không biết gì về sự kiện. Một lần đọc có thể nhận được nửa sự kiện, hoặc bảy sự kiện rưỡi. Chỗ cắt thậm chí có thể nằm giữa một ký tự:

| Ký tự | Số byte trong UTF-8 | Có thể bị cắt |
| :---- | ------------------: | :------------ |
| \`e\`   |                   1 | không bao giờ |
| \`é\`   |                   2 | ở 1 chỗ       |
| \`ế\`   |                   3 | ở 2 chỗ       |
| \`🚀\`  |                   4 | ở 3 chỗ       |

Từ đó có ba quy tắc cho người đọc luồng:

1. Dùng **một** bộ giải mã duy nhất cho cả câu trả lời, với \`{ stream: true }\`.
2. Giữ lại dòng còn dang dở cho đến khi phần sau của nó tới.
3. Đừng bao giờ cho rằng:
   - một mẩu dữ liệu là một sự kiện,
   - một sự kiện là một token,
   - hay một token là một từ.

## 4. Trang web vẽ sáu mươi lần mỗi giây

Màn hình 60 Hz hiện một khung hình mới sau mỗi 16,7 mili giây. Với 80 token mỗi giây, mỗi khung chỉ nhận hơn một token. Nhưng mô hình nhanh đạt tới 2.000 token mỗi giây, và khi đó *ba mươi ba* token dùng chung một khung hình. Ai vẽ lại theo từng token sẽ làm cùng một việc ba mươi ba lần, mà người xem chỉ thấy lần cuối.

Cách chữa nói ra thì đơn giản: ~~vẽ lại theo từng token~~ **cập nhật mỗi khung hình một lần**, và không bao giờ chạm vào những gì đã xong. Một đoạn văn đã kết thúc thì không cần phân tích lại chỉ vì phía dưới có thêm một từ.

## 5. Kết thúc ra sao

Một luồng tử tế sẽ nói vì sao nó dừng: \`stop\` khi mô hình đã viết xong, \`length\` khi chạm giới hạn độ dài, \`tool_calls\` khi nó cần bạn làm giúp một việc. Ngoài ra còn những cái kết khác. Tàu chui vào đường hầm, proxy hết kiên nhẫn, máy chủ khởi động lại. Kết nối đóng, và dòng chữ cứ thế… dừng lại.

Ứng dụng nào gọi đó là "xong" thì đang nói dối người dùng. Trước khi tin một ứng dụng, hãy xem nó có:

- [x] giữ lại phần chữ đã nhận,
- [x] nói rõ câu trả lời còn dang dở,
- [x] cho phép viết tiếp,
- [ ] bịa ra một cái kết có hậu.

---

Toàn bộ con đường là như vậy: token, sự kiện, byte, khung hình. Muốn xem nó hỏng ra sao, bạn hãy gõ \`trợ giúp\` rồi chọn một lỗi. Còn chi tiết của định dạng thì [tiêu chuẩn HTML](https://html.spec.whatwg.org/multipage/server-sent-events.html) viết dễ đọc đến bất ngờ.`,
}
