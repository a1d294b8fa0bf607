import { createChat, resumable } from '@millrace/hooks'

// `?proxy=…`
const chat = createChat({
  baseURL: new URLSearchParams(location.search).get('proxy') ?? '',
  apiKey: 'none',
  model: 'm',
  resume: resumable({ attempts: 20 }),
})
Object.assign(window, { chat })
