import type { FaultName } from '../faults/fault.ts'
import type { Bilingual } from './language.ts'

/** What each fault does, as `help` puts it. */
export const faultNotes: Readonly<Record<FaultName, Bilingual>> = {
  unreachable: { en: 'the connection is refused', vi: 'kết nối bị từ chối' },
  'no-response': { en: 'the server never answers', vi: 'máy chủ không bao giờ trả lời' },
  'bad-request': { en: '400: the request is not accepted', vi: '400: yêu cầu không được chấp nhận' },
  unauthorized: { en: '401: the key is wrong', vi: '401: khóa API sai' },
  'payment-required': { en: '402: the account is out of credit', vi: '402: tài khoản hết tiền' },
  forbidden: { en: '403: the account may not do that', vi: '403: tài khoản không có quyền' },
  'model-not-found': { en: '404: there is no such model', vi: '404: không có mô hình này' },
  'context-too-long': {
    en: '400: the thread is too long for the model',
    vi: '400: cuộc trò chuyện quá dài với mô hình',
  },
  'rate-limited': { en: '429: too many requests, with Retry-After', vi: '429: quá nhiều yêu cầu, kèm Retry-After' },
  'server-error': { en: '500: the server failed', vi: '500: máy chủ gặp lỗi' },
  overloaded: { en: '503: the model is overloaded', vi: '503: mô hình quá tải' },
  html: { en: 'a web page instead of a stream', vi: 'một trang web thay cho luồng' },
  json: { en: 'the whole answer as JSON instead of a stream', vi: 'cả câu trả lời dưới dạng JSON thay cho luồng' },
  'stall-before-first-token': { en: 'silence before the first token', vi: 'im lặng trước token đầu tiên' },
  stall: { en: 'silence in the middle of the answer', vi: 'im lặng giữa chừng' },
  cut: { en: 'the connection breaks in the middle', vi: 'đứt kết nối giữa chừng' },
  'close-early': { en: 'the stream closes in the middle, without a word', vi: 'luồng đóng giữa chừng mà không báo gì' },
  'malformed-event': { en: 'an event that is not JSON', vi: 'một sự kiện không phải JSON' },
  'error-event': { en: 'an error inside the stream', vi: 'thông báo lỗi nằm trong luồng' },
  'no-finish-reason': { en: 'the end comes without a reason', vi: 'kết thúc mà không nêu lý do' },
  'no-done': { en: 'the end comes without `[DONE]`', vi: 'kết thúc mà không có `[DONE]`' },
  'no-final-newline': { en: 'the last line has no line end', vi: 'dòng cuối không có ký tự xuống dòng' },
}
