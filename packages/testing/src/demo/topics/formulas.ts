import { reply } from '../../reply/reply.ts'
import type { Topic } from '../topic.ts'

/** Formulas in a line and by themselves, in every notation that models write. */
export const formulas: Topic = {
  ask: { en: 'formulas', vi: 'công thức' },
  keywords: ['formula', 'formulas', 'math', 'equation', 'equations', 'công thức', 'toán', 'phương trình'],
  about: { en: 'formulas, as they are written', vi: 'công thức toán, hiện dần khi đang viết' },
  answer: (_, language) => reply(language === 'vi' ? vietnameseText : englishText),
}

const waiting = String.raw`$$
T = t_0 + \sum_{i=1}^{n} g_i \approx t_0 + \frac{n}{r}
$$`

const perFrame = String.raw`\[
d = \left\lceil \frac{r}{60} \right\rceil
\]`

const englishText = String.raw`An answer of $n$ tokens whose first one takes $t_0$, and whose gaps are $g_i$, is whole after

${waiting}

where $r$ is the number of tokens in a second. A screen shows sixty frames in a second, so that each of them brings

${perFrame}

tokens, rounded up. For $r = 80$ and $n = 400$ that is \(d = 2\) tokens a frame, and five seconds after the first. A price, such as $5 or $10, is none of this and stays as it is.`

const vietnameseText = String.raw`Một câu trả lời có $n$ token, token đầu tiên đến sau $t_0$ và các khoảng cách là $g_i$, sẽ trọn vẹn sau

${waiting}

trong đó $r$ là số token mỗi giây. Màn hình hiện sáu mươi khung hình một giây, nên mỗi khung mang đến

${perFrame}

token, làm tròn lên. Với $r = 80$ và $n = 400$ thì \(d = 2\) token mỗi khung, và năm giây sau token đầu tiên. Giá tiền như $5 hay $10 không phải công thức nên được giữ nguyên.`
