import { ChatError, createMessage, type Model } from '@millrace/core'
import { openai } from '@millrace/core/providers'
import { createThreads, memoryStorage } from '@millrace/hooks'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { expect, it, vi } from 'vitest'
import * as ui from './index.ts'
import { createTestChat } from './test-support/test-chat.tsx'

const models: readonly Model[] = [
  { id: 'small', name: 'Small', price: { input: 1, output: 2, asOf: '2026-01-01', source: 'test' } },
  { id: 'large', name: 'Large' },
]
const reply = createMessage({
  role: 'assistant',
  content: 'Look:\n\n```ts\nturn()\n```',
  model: 'small',
  finishReason: 'stop',
  usage: { inputTokens: 1, outputTokens: 2, totalTokens: 3 },
})
const failure = new ChatError('rate-limited', { retryAfterMs: 60_000 })
const failed = createMessage({ role: 'assistant', error: failure, finishReason: 'error' })

const chat = createTestChat({ messages: [{ role: 'user', content: 'How?' }, reply] })
const failedChat = createTestChat({ messages: [{ role: 'user', content: 'How?' }, failed] })
const inspector = ui.createInspector()
const triggers = [ui.slashCommands([{ name: 'new' }]), ui.mentions({ search: [{ label: 'Mill' }] })]
const nothing = () => {}

const everything = (
  <>
    <ui.SavedDrafts />
    <ui.Completions triggers={triggers} />
    <ui.VoiceInput />
    <ui.CompareWith models={models} />
    <ui.BudgetGuard budget={ui.createBudget({ max: 1 })} />
    <ui.SendEstimate />
  </>
)

const actions: ui.ActionSlot = (message) => (
  <>
    <ui.AnswerWith message={message} models={models} />
    <ui.MoreActions>
      <ui.Feedback onFeedback={nothing} />
      <ui.ReadAloud message={message} />
    </ui.MoreActions>
  </>
)

const parts: readonly [name: string, part: ReactNode, text: string][] = [
  [
    'a chat with all that can be put into it',
    <ui.Chat
      key=""
      chat={chat}
      attachments={ui.attachments()}
      header={<ui.ShortcutsDialog />}
      aboveComposer={<ui.FollowUps>{<ui.Suggestion>Why?</ui.Suggestion>}</ui.FollowUps>}
      composer={everything}
      actions={actions}
      meter={ui.UsageMeter}
      renderMessage={ui.renderCompared}
    />,
    'turn()',
  ],
  ['a chat that failed', <ui.Chat key="" chat={failedChat} />, ui.en.errors['rate-limited'].title],
  ['CompareView', <ui.CompareView key="" messageId={reply.id} />, 'small'],
  ['CostTable', <ui.CostTable key="" />, 'small'],
  ['ThreadUsage', <ui.ThreadUsage key="" />, '3 tokens'],
  ['ExportMenu', <ui.ExportMenu key="" chat={chat} />, ui.en.export],
  ['KeyDialog', <ui.KeyDialog key="" providers={[openai]} onKey={nothing} onClose={nothing} />, ui.en.keyTitle],
  ['ModelPicker', <ui.ModelPicker key="" models={models} onChange={nothing} />, 'Large'],
  ['ThreadList', <ui.ThreadList key="" threads={createThreads({ storage: memoryStorage() })} />, ui.en.newChat],
  ['WireInspector', <ui.WireInspector key="" inspector={inspector} />, ui.en.nothingSent],
  [
    'CodeBlock',
    <ui.CodeBlockProvider key="" value={ui.CodeBlock}>
      <ui.Chat chat={chat} />
    </ui.CodeBlockProvider>,
    ui.en.wrapLines,
  ],
]

it.each(parts)('%s is rendered on a server, which has no page', (_, part, text) => {
  const complain = vi.spyOn(console, 'error')
  expect(renderToString(<chat.wrapper>{part}</chat.wrapper>)).toContain(text)
  expect(complain).not.toHaveBeenCalled()
})
