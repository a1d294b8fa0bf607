import { holysheep, type Message, resumable } from '@millrace/core'
import { useStreamingChat } from '@millrace/hooks'
import { math } from '@millrace/markdown/math'
import {
  attachments,
  Chat,
  ExportMenu,
  FollowUps,
  guardedChat,
  KeyDialog,
  type Locale,
  renderCompared,
  ShortcutsDialog,
  ShortenThread,
  StringsProvider,
  Suggestion,
  UsageMeter,
} from '@millrace/ui'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { ComposerTools } from './composer-tools.tsx'
import { CostsButton } from './costs-button.tsx'
import { demoTools } from './demo-tools.ts'
import { Drawer } from './drawer.tsx'
import { highlighter } from './highlighter.ts'
import { InspectorButton, InspectorPanel, inspector } from './inspector.tsx'
import { MessageExtras } from './message-extras.tsx'
import { modelChoices } from './models.ts'
import { openFile } from './open-file.ts'
import { Sidebar } from './sidebar.tsx'
import { Start } from './start.tsx'
import { threads } from './threads.ts'
import { TopBar } from './top-bar.tsx'
import { useMedia } from './use-media.ts'
import { useOpenThread } from './use-open-thread.ts'
import { ownKeyProviders, useOwnKey } from './use-own-key.ts'
import { useServer } from './use-server.ts'
import { useSetting } from './use-setting.ts'
import { useTheme } from './use-theme.ts'
import { words } from './words.ts'

const isLocale = (text: string): text is Locale => text === 'en' || text === 'vi'
const isAnything = (_text: string): _text is string => true
const preferredLocale: Locale = navigator.language.startsWith('vi') ? 'vi' : 'en'

const files = attachments({ accept: 'image/*,text/*,.pdf' })

// Where a keyboard would slide in over half the page, the cursor waits to be placed.
const hasKeyboard = matchMedia('(pointer: fine)').matches

const resume = resumable()
const markdown = { extensions: math }

/** The chats with whoever the server beside this page speaks for. */
export function Playground() {
  const [locale, setLocale] = useSetting('millrace.locale', preferredLocale, isLocale)
  const [theme, setTheme] = useTheme()
  const [modelId, setModelId] = useSetting('millrace.model', '', isAnything)
  const server = useServer()

  const ownKey = useOwnKey()
  const [isKeyOpen, setIsKeyOpen] = useState(false)
  const kind = ownKey.provider ? 'custom' : server.upstream?.kind
  const models = useMemo(
    () => (ownKey.provider ? ownKey.models : modelChoices(server.models ?? [], kind)),
    [ownKey.provider, ownKey.models, server.models, kind],
  )
  const provider = ownKey.provider ?? holysheep
  const picked = models.find(({ id }) => id === modelId) ?? models[0]
  const isWide = useMedia('(width >= 760px)')
  const [isDrawerOpen, setIsDrawerOpen] = useState(false)
  const [isInspecting, setIsInspecting] = useState(false)
  const open = useOpenThread(threads)
  const title = open.saved?.title
  const chat = useStreamingChat({
    id: open.id,
    persist: threads,
    // The server keeps its streams: a reload goes on with the reply, and stopping is told to it. Providers do not.
    resume: ownKey.provider ? undefined : resume,
    // Its prices are those of the models there are.
    provider: { ...provider, models },
    ...(ownKey.provider ? { apiKey: ownKey.kept?.key } : { baseURL: '/v1' }),
    // Also before the list of models has come.
    model: picked?.id ?? provider.models[0]?.id,
    attachments: files,
    fetch: inspector.fetch,
    onChunk: inspector.onChunk,
    // Real models may not take tools; the demo shows what happens with them.
    tools: kind === 'demo' ? demoTools : undefined,
  })

  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])

  useEffect(() => {
    document.title = title ? `${title} · Millrace` : 'Millrace'
  }, [title])

  const extras = useCallback((message: Message) => <MessageExtras message={message} models={models} />, [models])
  const closeDrawer = () => setIsDrawerOpen(false)

  function onThread(threadId: string | undefined): void {
    closeDrawer()
    // Whoever goes through the list by keyboard may want to go on there.
    if (threadId === undefined) focusComposer()
  }

  const side = (
    <Sidebar
      threads={threads}
      server={server}
      ownKey={ownKey.provider}
      onKey={() => setIsKeyOpen(true)}
      words={words[locale]}
      theme={theme}
      onTheme={setTheme}
      onLocale={setLocale}
      onPick={onThread}
      onClose={isWide ? undefined : closeDrawer}
    />
  )

  return (
    <StringsProvider locale={locale}>
      <div className="pg-app">
        {isWide ? (
          <aside>{side}</aside>
        ) : (
          <Drawer label={words[locale].chats} isOpen={isDrawerOpen} onClose={closeDrawer}>
            {side}
          </Drawer>
        )}
        <Chat
          chat={guardedChat(chat)}
          locale={locale}
          highlighter={highlighter}
          markdown={markdown}
          onKeyRequest={() => setIsKeyOpen(true)}
          remedies={{ models, onModelChange: setModelId, shorten: ShortenThread }}
          renderMessage={renderCompared}
          actions={extras}
          meter={UsageMeter}
          attachments={files}
          autoFocus={hasKeyboard}
          className="pg-chat"
          header={
            <TopBar
              models={models}
              value={picked?.id}
              onChange={setModelId}
              words={words[locale]}
              drawer={isWide ? undefined : { onOpen: () => setIsDrawerOpen(true), onNewChat: startAnew }}
            >
              <CostsButton words={words[locale]} />
              <InspectorButton
                label={words[locale].inspect}
                isOpen={isInspecting}
                onToggle={() => setIsInspecting(!isInspecting)}
              />
              {hasKeyboard && <ShortcutsDialog />}
              <ExportMenu chat={chat} title={title} onImport={(thread) => openFile(threads, thread)} />
            </TopBar>
          }
          // What is saved is not there yet while it is read.
          empty={open.isNew && <Start kind={kind} words={words[locale]} />}
          aboveComposer={
            kind === 'demo' && (
              <FollowUps>
                {words[locale].followUps.map(({ label, prompt }) => (
                  <Suggestion key={label} prompt={prompt}>
                    {label}
                  </Suggestion>
                ))}
              </FollowUps>
            )
          }
          composer={
            <ComposerTools
              // A new chat has another id in each page.
              draftId={open.isNew ? 'new' : open.id}
              models={models}
              words={words[locale]}
              onNewChat={startAnew}
            />
          }
        />
        {isInspecting && <InspectorPanel />}
        {isKeyOpen && (
          <KeyDialog
            providers={ownKeyProviders}
            kept={ownKey.kept}
            onKey={ownKey.take}
            onRemove={ownKey.remove}
            onClose={() => setIsKeyOpen(false)}
          />
        )}
      </div>
    </StringsProvider>
  )
}

function startAnew(): void {
  threads.select(undefined)
  focusComposer()
}

function focusComposer(): void {
  if (hasKeyboard) document.querySelector<HTMLTextAreaElement>('.mr-composer textarea')?.focus()
}
