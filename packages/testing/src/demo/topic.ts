import type { RecordedRequest } from '../recorded-request.ts'
import type { Reply } from '../reply/reply.ts'
import type { Bilingual, Language } from './language.ts'

/** Something the demo can show. */
export interface Topic {
  /** What to type, as `help` puts it. */
  readonly ask: Bilingual
  /** Words and phrases of a prompt that mean this topic, in lower case. */
  readonly keywords: readonly string[]
  /** What comes then, as `help` puts it. */
  readonly about: Bilingual
  answer(request: RecordedRequest, language: Language): Reply
}
