import { createFormat } from './format.ts'

export const inEnglish = /* @__PURE__ */ createFormat('en', { seconds: 's', minutes: 'min' })
export const inVietnamese = /* @__PURE__ */ createFormat('vi', { seconds: 'giây', minutes: 'phút' })
