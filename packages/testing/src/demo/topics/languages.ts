import { reply } from '../../reply/reply.ts'
import type { Topic } from '../topic.ts'

const vietnamese: Topic = {
  ask: { en: 'Vietnamese', vi: 'tiếng Việt' },
  keywords: ['vietnamese', 'tiếng việt', 'tieng viet'],
  about: { en: 'Vietnamese, with all its marks', vi: 'tiếng Việt với đủ mọi dấu thanh' },
  answer: () => reply(vietnameseText),
}

const japanese: Topic = {
  ask: { en: '日本語', vi: '日本語' },
  keywords: ['日本語', '日本', 'japanese', 'tiếng nhật'],
  about: { en: 'Japanese', vi: 'tiếng Nhật' },
  answer: () => reply(japaneseText),
}

const chinese: Topic = {
  ask: { en: '中文', vi: '中文' },
  keywords: ['中文', '汉语', 'chinese', 'tiếng trung'],
  about: { en: 'Chinese', vi: 'tiếng Trung' },
  answer: () => reply(chineseText),
}

/** Text of which many a character takes three bytes, and which may have no spaces to break a line at. */
export const languages: readonly Topic[] = [vietnamese, japanese, chinese]

const vietnameseText = `## Tiếng Việt trong một luồng chữ

Tiếng Việt là bài kiểm tra rất tốt cho mọi chương trình đọc luồng. Hãy thử câu này: *"Nguyễn Thị Thuỷ ở đường Trần Hưng Đạo mượn chiếc xe đạp cũ của bác Quỳnh để đi chợ Tết."* Hầu như từ nào cũng có dấu, và mỗi chữ có dấu chiếm hai hoặc ba byte.

### Ba chỗ dễ sai

1. **Cắt giữa ký tự.** Chữ \`ế\` gồm ba byte: \`E1 BA BF\`. Nếu mạng cắt sau byte thứ hai mà chương trình giải mã từng mẩu riêng rẽ, người đọc sẽ thấy các ô \`�\` thay cho chữ.
2. **Hai cách viết cùng một chữ.** Trong Unicode, \`ế\` có thể là một ký tự dựng sẵn (NFC), hoặc là \`e\` cộng với hai dấu rời (NFD). Trông giống hệt nhau, nhưng so sánh bằng \`===\` thì khác nhau; hãy gọi \`normalize('NFC')\` trước khi tìm kiếm.
3. **Bộ gõ.** Khi gõ Telex, phím Enter đôi khi chỉ để chấp nhận chữ đang gõ chứ chưa phải để gửi. Ô soạn thảo phải kiểm tra \`event.isComposing\` trước khi gửi đi.

### Sáu thanh điệu

| Thanh | Ví dụ | Nghĩa |
| :---- | :---- | :---- |
| ngang | ma    | linh hồn người chết |
| huyền | mà    | nhưng |
| sắc   | má    | mẹ; gò má |
| hỏi   | mả    | mồ mả |
| ngã   | mã    | ngựa; ký hiệu |
| nặng  | mạ    | cây lúa non |

> Trăm năm trong cõi người ta,\\
> Chữ tài chữ mệnh khéo là ghét nhau.
>
> Nguyễn Du, *Truyện Kiều*

Bạn có thể gõ \`中文\` hoặc \`日本語\` để xem tiếp những hệ chữ không dùng dấu cách.`

const japaneseText = `## 日本語のストリーミング

これは内蔵デモの返答です。背後に言語モデルはありません。日本語には単語の間に空白がないため、ストリーミングの表示を試すのにちょうどよい言語です。

### 気をつけたい三つの点

1. **文字の途中で切れる。** ひらがなや漢字の多くは UTF-8 で三バイトです。通信の区切りは文字の区切りと一致しないので、デコーダーは一つの返答につき一つだけ使い、最後まで使い続けます。
2. **改行の位置。** 空白がなくても行は折り返されます。ただし「、」や「。」が行の先頭に来ないように、ブラウザーは禁則処理を行います。
3. **変換の確定。** 日本語入力では、Enter キーは変換の確定にも使われます。確定のつもりで押した Enter で、書きかけの文章を送信してはいけません。

| 表記 | 文字数 | UTF-8 のバイト数 |
| :--- | ---: | ---: |
| \`川\` | 1 | 3 |
| \`流れ\` | 2 | 6 |
| \`ストリーム\` | 5 | 15 |

> 古池や\\
> 蛙飛びこむ\\
> 水の音
>
> 松尾芭蕉

最後に、全角の約物（「」、・！？）と English が混ざった行です。Markdown の**太字**や \`code\` も、前後に空白がなくても正しく表示されるでしょうか。`

const chineseText = `## 中文的流式输出

这是内置演示的回答，背后并没有语言模型。中文的词与词之间没有空格，因此很适合用来检验流式显示是否正确。

### 三个容易出错的地方

1. **字符被截断。** 常用汉字在 UTF-8 中占三个字节，而网络数据可能在任何位置断开。整个回答应当只用一个解码器，并打开 \`{ stream: true }\`，否则屏幕上就会出现 \`�\`。
2. **换行。** 没有空格也要能换行，但逗号和句号不应出现在行首。这件事可以放心交给浏览器。
3. **输入法。** 用拼音输入时，回车键常常只是确认候选词。发送之前要先检查 \`event.isComposing\`，不要把没写完的句子发出去。

| 写法 | 字数 | UTF-8 字节数 |
| :--- | ---: | ---: |
| \`水\` | 1 | 3 |
| \`流水\` | 2 | 6 |
| \`水到渠成\` | 4 | 12 |

> 床前明月光，疑是地上霜。\\
> 举头望明月，低头思故乡。
>
> 李白《静夜思》

最后再试一行中英文混排：用 **Millrace** 读取 Server-Sent Events，每一帧只更新一次界面，**粗体**和\`code\`前后即使没有空格，也应当正确显示。`
