import type { ChatErrorCode, KeyCheck, Model } from '@millrace/core'
import type { KeyDialogStrings } from '../strings/parts/key-dialog.ts'

/** What came of a key so far. Only `accepted` is a key that was tried. */
export type KeyOutcome =
  | { readonly state: 'none' | 'missing' | 'checking' | 'rejected' | 'unreachable' | 'unchecked' }
  | { readonly state: 'accepted'; readonly models: readonly Model[] }

const rejected: ReadonlySet<ChatErrorCode> = new Set(['unauthorized', 'forbidden'])
const unreachable: ReadonlySet<ChatErrorCode> = new Set(['offline', 'network', 'cors', 'connect-timeout'])

export function outcomeOf(check: KeyCheck): KeyOutcome {
  if (check.ok) return { state: 'accepted', models: check.models }
  const { code } = check.error
  if (rejected.has(code)) return { state: 'rejected' }
  return { state: unreachable.has(code) ? 'unreachable' : 'unchecked' }
}

/** One sentence for each. */
export function describeOutcome(outcome: KeyOutcome, provider: string, words: KeyDialogStrings): string {
  switch (outcome.state) {
    case 'none':
      return ''
    case 'missing':
      return words.keyMissing
    case 'checking':
      return words.checkingKey(provider)
    case 'rejected':
      return words.keyRejected(provider)
    case 'unreachable':
      return words.keyUnreachable(provider)
    case 'unchecked':
      return words.keyUnchecked(provider)
    case 'accepted':
      return words.keyAccepted(outcome.models.length)
  }
}
