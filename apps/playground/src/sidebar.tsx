import type { Provider } from '@millrace/core'
import type { Threads } from '@millrace/hooks'
import { Icon, type Locale, ThreadList } from '@millrace/ui'
import { type IconNode, KeyRound, Monitor, Moon, Sun, X } from 'lucide'
import { AnsweredBy } from './answered-by.tsx'
import { BarButton } from './bar-button.tsx'
import { BrandMark } from './brand-mark.tsx'
import type { ServerState } from './use-server.ts'
import type { Theme } from './use-theme.ts'
import type { Words } from './words.ts'

export interface SidebarProps {
  readonly threads: Threads
  readonly server: ServerState
  /** Who is asked with a key of the reader's own. */
  readonly ownKey: Provider | undefined
  readonly onKey: () => void
  readonly words: Words
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
  readonly onLocale: (locale: Locale) => void
  /** Another chat was picked. */
  readonly onPick: (threadId: string | undefined) => void
  /** Where it can be closed. */
  readonly onClose?: (() => void) | undefined
}

const themeIcons: Readonly<Record<Theme, IconNode>> = { system: Monitor, light: Sun, dark: Moon }
const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

/** The chats, and below them who answers and how the page looks. */
export function Sidebar({
  threads,
  server,
  ownKey,
  onKey,
  words,
  theme,
  onTheme,
  onLocale,
  onPick,
  onClose,
}: SidebarProps) {
  const { otherLanguage } = words
  return (
    <div className="pg-side">
      <div className="pg-brand">
        <BrandMark />
        <span>Millrace</span>
        {onClose && (
          <BarButton label={words.closeChats} onClick={onClose}>
            <Icon of={X} />
          </BarButton>
        )}
      </div>
      <ThreadList className="pg-threads" threads={threads} onPick={onPick} />
      <footer className="pg-side-foot">
        <AnsweredBy server={server} ownKey={ownKey} words={words} />
        <BarButton label={words.ownKey} onClick={onKey}>
          <Icon of={KeyRound} />
        </BarButton>
        <BarButton label={words.themes[theme]} onClick={() => onTheme(nextTheme[theme])}>
          <Icon of={themeIcons[theme]} />
        </BarButton>
        <BarButton
          label={otherLanguage.label}
          lang={otherLanguage.locale}
          onClick={() => onLocale(otherLanguage.locale)}
        >
          {otherLanguage.short}
        </BarButton>
      </footer>
    </div>
  )
}
