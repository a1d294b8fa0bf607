import type { Locale } from '@millrace/ui'

/** What the toolbar chooses. */
export interface Look {
  readonly theme: 'light' | 'dark'
  readonly locale: Locale
  readonly direction: 'ltr' | 'rtl'
}

/** Beside that of the toolbar, what every story has to be accessible in; a theme changes nothing but colours. */
export const otherLooks: readonly { readonly look: Look; readonly rules?: readonly string[] }[] = [
  { look: { theme: 'dark', locale: 'en', direction: 'ltr' }, rules: ['color-contrast'] },
  { look: { theme: 'light', locale: 'vi', direction: 'rtl' } },
]

const listeners = new Set<() => void>()
let tried: Look | undefined

/** Shows all stories in that look, whatever the toolbar says; without one, the toolbar counts again. */
export function tryLook(look: Look | undefined): void {
  tried = look
  for (const listener of listeners) listener()
}

export const getTriedLook = (): Look | undefined => tried

export function subscribeToTriedLook(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
