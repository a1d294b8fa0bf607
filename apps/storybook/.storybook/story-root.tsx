import { createHighlighter } from '@millrace/markdown/highlight'
import { HighlighterProvider, StringsProvider } from '@millrace/ui'
import { type ReactNode, useSyncExternalStore } from 'react'
import { getTriedLook, type Look, subscribeToTriedLook } from './look.ts'

// One for the page: it keeps the languages that it loaded.
const highlighter = createHighlighter()

export interface StoryRootProps {
  readonly look: Look
  /** The story reaches from edge to edge. */
  readonly isFullscreen: boolean
  readonly children: ReactNode
}

/** What an application puts around the components: their class, a theme, a language. */
export function StoryRoot({ look: chosen, isFullscreen, children }: StoryRootProps) {
  const { theme, locale, direction } = useSyncExternalStore(subscribeToTriedLook, getTriedLook) ?? chosen
  return (
    <div
      className="millrace story-root"
      data-theme={theme}
      data-fullscreen={isFullscreen || undefined}
      lang={locale}
      dir={direction}
    >
      <StringsProvider locale={locale}>
        <HighlighterProvider value={highlighter}>{children}</HighlighterProvider>
      </StringsProvider>
    </div>
  )
}
