import type { FaultName } from '../../faults/fault.ts'
import { type Reply, reply } from '../../reply/reply.ts'
import { faultNotes } from '../fault-notes.ts'
import type { Language } from '../language.ts'

/** What is said around a fault. Faults in the middle strike halfway; whoever continues gets the rest. */
export function faultAnswer(name: FaultName, language: Language): Reply {
  return reply(language === 'vi' ? inVietnamese(name) : inEnglish(name))
}

/** What is said once a flaky answer gets through. */
export function flakyAnswer(language: Language): Reply {
  return reply(
    language === 'vi'
      ? 'Lần thử đầu tiên đã hỏng với lỗi 503, lần này thì được. Vì chưa có token nào được gửi đi, thử lại là an toàn: không chữ nào bị lặp.'
      : 'The first attempt failed with a 503, and this one got through. No token had been sent before, so trying again was safe: not a word is repeated.',
  )
}

function inEnglish(name: FaultName): string {
  return `This answer goes wrong on purpose. The fault is called \`${name}\`: ${faultNotes[name].en}.

Some faults strike before the first word, some in the middle of the text and some only at its very end. Whatever happens, three things should hold: every word that had arrived stays on the screen, the page says honestly that the answer is unfinished, and there is one clear thing to do next.

If you can read this second paragraph, the fault came late, or the answer was continued after it. Nothing should be repeated at the seam, and nothing should be missing: the numbers one, two, three, four, five, six, seven, eight, nine and ten are all here, each of them once.`
}

function inVietnamese(name: FaultName): string {
  return `Câu trả lời này cố tình gặp trục trặc. Lỗi có tên \`${name}\`: ${faultNotes[name].vi}.

Có lỗi xảy ra trước chữ đầu tiên, có lỗi ở giữa bài, có lỗi chỉ đến ở tận cuối. Dù thế nào thì ba điều sau vẫn phải đúng: mọi chữ đã nhận được vẫn còn trên màn hình, trang nói thật rằng câu trả lời còn dang dở, và có một việc rõ ràng để làm tiếp.

Nếu bạn đọc được đoạn thứ hai này thì lỗi đã đến muộn, hoặc câu trả lời đã được viết tiếp. Ở chỗ nối không được lặp lại và cũng không được thiếu chữ nào: các số một, hai, ba, bốn, năm, sáu, bảy, tám, chín và mười đều có mặt, mỗi số đúng một lần.`
}
