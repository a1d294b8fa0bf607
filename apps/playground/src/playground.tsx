import { useStreamingChat } from '@millrace/hooks'
import { createHighlighter } from '@millrace/markdown/highlight'
import { attachments, Chat, type Locale } from '@millrace/ui'
import { useEffect } from 'react'
import { demoTools } from './demo-tools.ts'
import { modelChoices } from './models.ts'
import { Suggestions } from './suggestions.tsx'
import { TopBar } from './top-bar.tsx'
import { useServer } from './use-server.ts'
import { useSetting } from './use-setting.ts'
import { useTheme } from './use-theme.ts'
import { words } from './words.ts'

const isLocale = (text: string): text is Locale => text === 'en' || text === 'vi'
const isAnything = (_text: string): _text is string => true
const preferredLocale: Locale = navigator.language.startsWith('vi') ? 'vi' : 'en'

// One for the page: it keeps the languages that it loaded.
const highlighter = createHighlighter()

const files = attachments({ accept: 'image/*,text/*,.pdf' })

// Where a keyboard would slide in over half the page, the cursor waits to be placed.
const hasKeyboard = matchMedia('(pointer: fine)').matches

/** One chat with whoever the server beside this page speaks for. */
export function Playground() {
  const [locale, setLocale] = useSetting('millrace.locale', preferredLocale, isLocale)
  const [theme, setTheme] = useTheme()
  const [modelId, setModelId] = useSetting('millrace.model', '', isAnything)
  const server = useServer()

  const choices = modelChoices(server.models ?? [], server.upstream?.kind)
  const picked = choices.find(({ id }) => id === modelId) ?? choices[0]
  const chat = useStreamingChat({
    baseURL: '/v1',
    model: picked?.id,
    attachments: files,
    // Real models may not take tools; the demo shows what happens with them.
    tools: server.upstream?.kind === 'demo' ? demoTools : undefined,
  })

  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])

  function startAnew(): void {
    chat.clearMessages()
    focusComposer()
  }

  function ask(prompt: string): void {
    chat.sendMessage(prompt)
    // The chip that was pressed is gone by then.
    focusComposer()
  }

  return (
    <Chat
      chat={chat}
      locale={locale}
      highlighter={highlighter}
      attachments={files}
      autoFocus={hasKeyboard}
      className="pg-chat"
      header={
        <TopBar
          server={server}
          choices={choices}
          picked={picked}
          onPick={setModelId}
          words={words[locale]}
          theme={theme}
          onTheme={setTheme}
          onLocale={setLocale}
          onNewChat={startAnew}
        />
      }
      empty={<Suggestions kind={server.upstream?.kind} words={words[locale]} onAsk={ask} />}
    />
  )
}

function focusComposer(): void {
  if (hasKeyboard) document.querySelector<HTMLTextAreaElement>('.mr-composer textarea')?.focus()
}
