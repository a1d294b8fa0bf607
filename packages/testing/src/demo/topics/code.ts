import { reply } from '../../reply/reply.ts'
import type { Bilingual } from '../language.ts'
import type { Topic } from '../topic.ts'

/** Blocks of code in several languages. */
export const code: Topic = {
  ask: { en: 'code', vi: 'mã nguồn' },
  keywords: ['code', 'program', 'typescript', 'python', 'mã nguồn', 'mã', 'lập trình'],
  about: {
    en: 'TypeScript, Python, shell, SQL, CSS and a diff',
    vi: 'TypeScript, Python, shell, SQL, CSS và một diff',
  },
  answer: (_, language) => reply(text[language]),
}

const text: Bilingual = {
  en: `The same small job in five languages: reading a streamed answer, and what belongs around it.

**TypeScript**, in any browser that can loop over a stream, and in Node. The decoder and the unfinished line both outlive a single read:

\`\`\`ts
async function* readData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const utf8 = new TextDecoder()
  let unfinished = ''
  for await (const bytes of body) {
    const lines = (unfinished + utf8.decode(bytes, { stream: true })).split('\\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data: ')) yield line.slice(6).trimEnd()
    }
  }
}
\`\`\`

**Python**, with nothing but the standard library:

\`\`\`python
import json
import urllib.request


def stream_chat(base_url: str, model: str, prompt: str):
    """Yields the text of an answer as it arrives."""
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": prompt}]}
    request = urllib.request.Request(
        f"{base_url}/chat/completions",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        for line in response:
            if not line.startswith(b"data: "):
                continue
            data = line[6:].strip()
            if data == b"[DONE]":
                return
            for choice in json.loads(data)["choices"]:
                yield choice["delta"].get("content") or ""
\`\`\`

**Shell**, when you only want to look. \`-N\` switches curl's buffering off:

\`\`\`bash
curl -sN "$BASE_URL/chat/completions" \\
  -H 'content-type: application/json' \\
  -d '{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"Hi"}]}'
\`\`\`

**SQL**, to see what last month's answers cost, given a table of replies and one of prices per million tokens:

\`\`\`sql
SELECT
  r.model,
  count(*) AS replies,
  round(sum(r.input_tokens * p.input + r.output_tokens * p.output) / 1000000, 2) AS dollars
FROM replies AS r
JOIN prices AS p ON p.model = r.model
WHERE r.created_at >= date_trunc('month', now()) - interval '1 month'
  AND r.created_at < date_trunc('month', now())
GROUP BY r.model
ORDER BY dollars DESC;
\`\`\`

**CSS**, for the caret that blinks while the answer is being written, except for people who asked for less motion:

\`\`\`css
.message[data-streaming]::after {
  content: '▍';
  @media (prefers-reduced-motion: no-preference) {
    animation: blink 1s steps(2, jump-none) infinite;
  }
}

@keyframes blink {
  to {
    opacity: 0;
  }
}
\`\`\`

And a **diff**, the most common fix of them all. Without \`stream: true\`, an \`ế\` that is cut in the middle turns into a row of \`�\`:

\`\`\`diff
-    text += new TextDecoder().decode(bytes)
+    text += utf8.decode(bytes, { stream: true })
\`\`\``,
  vi: `Cùng một việc nhỏ trong năm ngôn ngữ: đọc một câu trả lời đang được gửi dần, và những thứ đi kèm quanh nó.

**TypeScript**, chạy được trong Node và mọi trình duyệt biết lặp qua một luồng. Cả bộ giải mã lẫn dòng dang dở đều phải sống lâu hơn một lần đọc:

\`\`\`ts
async function* readData(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const utf8 = new TextDecoder()
  let unfinished = ''
  for await (const bytes of body) {
    const lines = (unfinished + utf8.decode(bytes, { stream: true })).split('\\n')
    unfinished = lines.pop() ?? ''
    for (const line of lines) {
      if (line.startsWith('data: ')) yield line.slice(6).trimEnd()
    }
  }
}
\`\`\`

**Python**, chỉ với thư viện chuẩn:

\`\`\`python
import json
import urllib.request


def stream_chat(base_url: str, model: str, prompt: str):
    """Trả về từng phần của câu trả lời ngay khi nó tới."""
    body = {"model": model, "stream": True, "messages": [{"role": "user", "content": prompt}]}
    request = urllib.request.Request(
        f"{base_url}/chat/completions",
        data=json.dumps(body).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        for line in response:
            if not line.startswith(b"data: "):
                continue
            data = line[6:].strip()
            if data == b"[DONE]":
                return
            for choice in json.loads(data)["choices"]:
                yield choice["delta"].get("content") or ""
\`\`\`

**Shell**, khi bạn chỉ muốn xem thử. \`-N\` tắt bộ đệm của curl:

\`\`\`bash
curl -sN "$BASE_URL/chat/completions" \\
  -H 'content-type: application/json' \\
  -d '{"model":"gpt-4.1","stream":true,"messages":[{"role":"user","content":"Xin chào"}]}'
\`\`\`

**SQL**, để biết tháng trước tốn bao nhiêu tiền, khi đã có bảng các câu trả lời và bảng giá theo một triệu token:

\`\`\`sql
SELECT
  r.model,
  count(*) AS replies,
  round(sum(r.input_tokens * p.input + r.output_tokens * p.output) / 1000000, 2) AS dollars
FROM replies AS r
JOIN prices AS p ON p.model = r.model
WHERE r.created_at >= date_trunc('month', now()) - interval '1 month'
  AND r.created_at < date_trunc('month', now())
GROUP BY r.model
ORDER BY dollars DESC;
\`\`\`

**CSS**, cho con trỏ nhấp nháy trong lúc câu trả lời đang được viết, trừ với những ai muốn bớt chuyển động:

\`\`\`css
.message[data-streaming]::after {
  content: '▍';
  @media (prefers-reduced-motion: no-preference) {
    animation: blink 1s steps(2, jump-none) infinite;
  }
}

@keyframes blink {
  to {
    opacity: 0;
  }
}
\`\`\`

Và một **diff**, cách sửa lỗi thường gặp nhất. Thiếu \`stream: true\`, một chữ \`ế\` bị cắt ở giữa sẽ biến thành một dãy \`�\`:

\`\`\`diff
-    text += new TextDecoder().decode(bytes)
+    text += utf8.decode(bytes, { stream: true })
\`\`\``,
}
