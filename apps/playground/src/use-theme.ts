import { useEffect } from 'react'
import { useSetting } from './use-setting.ts'

export type Theme = 'system' | 'light' | 'dark'

const isTheme = (text: string): text is Theme => text === 'system' || text === 'light' || text === 'dark'

/** The theme, shown on the document. index.html shows the stored one before the first paint. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useSetting<Theme>('millrace.theme', 'system', isTheme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  return [theme, setTheme]
}
