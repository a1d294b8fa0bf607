import type { Locale } from '@millrace/ui'
import { type LucideIcon, Monitor, Moon, SquarePen, Sun } from 'lucide-react'
import { AnsweredBy } from './answered-by.tsx'
import { BrandMark } from './brand-mark.tsx'
import { ModelPicker, type ModelPickerProps } from './model-picker.tsx'
import type { ServerState } from './use-server.ts'
import type { Theme } from './use-theme.ts'

export interface TopBarProps extends ModelPickerProps {
  readonly server: ServerState
  readonly theme: Theme
  readonly onTheme: (theme: Theme) => void
  readonly onLocale: (locale: Locale) => void
  readonly onNewChat: () => void
}

const themeIcons: Readonly<Record<Theme, LucideIcon>> = { system: Monitor, light: Sun, dark: Moon }
const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

export function TopBar({ server, theme, onTheme, onLocale, onNewChat, words, ...picker }: TopBarProps) {
  const ThemeIcon = themeIcons[theme]
  const { otherLanguage } = words
  return (
    <header className="pg-bar">
      <div className="pg-brand">
        <BrandMark />
        <span className="pg-brand-name">Millrace</span>
      </div>
      <ModelPicker words={words} {...picker} />
      <AnsweredBy server={server} words={words} />
      <div className="pg-tools">
        <BarButton label={words.newChat} onClick={onNewChat}>
          <SquarePen className="mr-icon" aria-hidden="true" />
        </BarButton>
        <BarButton label={words.themes[theme]} onClick={() => onTheme(nextTheme[theme])}>
          <ThemeIcon className="mr-icon" aria-hidden="true" />
        </BarButton>
        <BarButton
          label={otherLanguage.label}
          lang={otherLanguage.locale}
          onClick={() => onLocale(otherLanguage.locale)}
        >
          {otherLanguage.short}
        </BarButton>
      </div>
    </header>
  )
}

interface BarButtonProps {
  readonly label: string
  readonly lang?: string
  readonly onClick: () => void
  readonly children: React.ReactNode
}

function BarButton({ label, ...props }: BarButtonProps) {
  return <button type="button" className="pg-bar-button" title={label} aria-label={label} {...props} />
}
