'use client'

import {
  type Attachments,
  type Chat as ChatHandle,
  type ChatOptions,
  ChatProvider,
  useStreamingChat,
} from '@millrace/hooks'
import type { Highlighter } from '@millrace/markdown'
import { type Context, type CSSProperties, type ReactNode, useContext } from 'react'
import { Composer } from '../composer/composer.tsx'
import { cx } from '../controls/class-names.ts'
import { useLatestCallback } from '../controls/use-latest-callback.ts'
import { type Remedies, RemediesContext } from '../error-card/remedies.ts'
import { type ActionSlot, ActionSlotContext, type MeterComponent, MeterContext } from '../message-actions/slots.ts'
import { OfflineBanner } from '../offline-banner/offline-banner.tsx'
import { HighlighterContext, type ProseOptions, ProseOptionsContext } from '../prose/prose-providers.ts'
import { handleChatKey } from '../shortcuts/chat-keys.ts'
import { useRegionKeys } from '../shortcuts/use-region-keys.ts'
import type { TextPace } from '../smooth-text/smooth-text.ts'
import { TextPaceContext } from '../smooth-text/text-pace-provider.tsx'
import type { Locale, Strings } from '../strings/strings.ts'
import { StringsProvider, useStrings } from '../strings/strings-provider.tsx'
import type { Announces } from '../thread/announcer.tsx'
import { type Follows, Thread, type ThreadProps } from '../thread/thread.tsx'

/** How a chat looks and speaks, whoever holds it. */
export interface ChatLook {
  /** Above the transcript. */
  readonly header?: ReactNode
  /** In place of the messages while there are none. */
  readonly empty?: ReactNode
  /** Between transcript and composer: `FollowUps`, say. */
  readonly aboveComposer?: ReactNode
  /** What more the composer can do: `SavedDrafts`, say. See `Composer`. */
  readonly composer?: ReactNode
  /** Below the composer. */
  readonly footer?: ReactNode
  /** Default: the words of the `StringsProvider` above, `en` without one. */
  readonly locale?: Locale | undefined
  /** Replaces single words. Keep its identity between renders. */
  readonly strings?: Partial<Strings> | undefined
  /** Default: as `data-theme` of an ancestor says, else as the system does. */
  readonly theme?: 'light' | 'dark' | undefined
  /** Puts the cursor into the composer when the chat appears. */
  readonly autoFocus?: boolean | undefined
  /** What stays in view while an answer grows. Default `end`. */
  readonly follows?: Follows | undefined
  /** How much of an answer is spoken to those who do not see it: a setting for your readers. Default `sentences`. */
  readonly announces?: Announces | undefined
  /** What more can be done with a message: `<MoreActions><Feedback … /><ReadAloud … /></MoreActions>`, say. Keep its identity. */
  readonly actions?: ActionSlot | undefined
  /** Tells the numbers of the last reply, in place of the default: `UsageMeter`, which does so while it is written. */
  readonly meter?: MeterComponent | undefined
  /** Called when the reader wants to look at the API key, after one that was not accepted. */
  readonly onKeyRequest?: (() => void) | undefined
  /** Renders one turn in its own way: `renderCompared`, say. Keep its identity. */
  readonly renderMessage?: ThreadProps['renderMessage']
  /** What is offered where a reply fails: other models, a page to pay at. */
  readonly remedies?: Remedies | undefined
  /** Colours code, as that of `createHighlighter` in `@millrace/markdown/highlight`. Keep its identity between renders. */
  readonly highlighter?: Highlighter | undefined
  /**
   * How answers are read: `{ extensions: math }` of `@millrace/markdown/math`, say, or which images are fetched unasked.
   * Keep its identity between renders.
   */
  readonly markdown?: ProseOptions | undefined
  /** Spreads text that comes in bursts: `smoothText()` of this package. Keep its identity between renders. */
  readonly textPace?: TextPace | undefined
  /** Lets people attach files: `attachments()` of this package. A chat that you hold has to have it as well. */
  readonly attachments?: Attachments | undefined
  readonly className?: string | undefined
  readonly style?: CSSProperties | undefined
}

/** Either a chat that you hold, or the options of one that this component holds. */
export type ChatProps = ChatLook &
  (
    | { /** What `useStreamingChat` returned. */ readonly chat: Pick<ChatHandle, 'store'> }
    | ({ readonly chat?: undefined } & ChatOptions)
  )

/**
 * A whole chat: transcript and composer. It fills the element that it is in; give that one a height. What it is not told holds
 * as the providers around it say. Given a `chat`, keep giving one: whose it is cannot change while it is there.
 */
export function Chat(props: ChatProps) {
  const { locale, strings, highlighter, markdown, actions, meter, textPace, chat } = props
  return (
    <StringsProvider locale={locale} strings={strings}>
      <Override context={HighlighterContext} value={highlighter}>
        <Override context={ProseOptionsContext} value={markdown}>
          <Override context={ActionSlotContext} value={actions}>
            <Override context={MeterContext} value={meter}>
              <Override context={TextPaceContext} value={textPace}>
                {chat ? <ChatView look={props} chat={chat} /> : <OwnChat {...props} />}
              </Override>
            </Override>
          </Override>
        </Override>
      </Override>
    </StringsProvider>
  )
}

interface OverrideProps<T> {
  readonly context: Context<T>
  /** Without it, what is said around holds. */
  readonly value: T | undefined
  readonly children: ReactNode
}

/** Says something else to what is below, if there is something to say. */
function Override<T>({ context: Context, value, children }: OverrideProps<T>) {
  const around = useContext(Context)
  return <Context.Provider value={value ?? around}>{children}</Context.Provider>
}

function OwnChat(props: ChatLook & ChatOptions) {
  const {
    header,
    empty,
    aboveComposer,
    composer,
    footer,
    locale,
    strings,
    theme,
    autoFocus,
    follows,
    announces,
    actions,
    meter,
    onKeyRequest,
    renderMessage,
    remedies,
    highlighter,
    markdown,
    textPace,
    className,
    style,
    ...options
  } = props
  return <ChatView look={props} chat={useStreamingChat(options)} />
}

interface ChatViewProps {
  readonly look: ChatLook
  readonly chat: Pick<ChatHandle, 'store'>
}

function ChatView({ look, chat }: ChatViewProps) {
  const strings = useStrings()
  const requestKey = useLatestCallback(look.onKeyRequest)
  useRegionKeys()
  return (
    <ChatProvider chat={chat}>
      <section
        className={cx('millrace mr-chat', look.className)}
        style={look.style}
        data-theme={look.theme}
        aria-label={strings.chat}
        onKeyDown={(event) => handleChatKey(event, chat.store)}
      >
        {look.header && (
          <div className="mr-chat-header" data-region="">
            {look.header}
          </div>
        )}
        <Override context={RemediesContext} value={look.remedies}>
          <Thread
            key={chat.store.id}
            empty={look.empty}
            follows={look.follows}
            announces={look.announces}
            onKeyRequest={requestKey}
            renderMessage={look.renderMessage}
          />
        </Override>
        <div className="mr-chat-dock">
          <OfflineBanner />
          {look.aboveComposer}
          <Composer autoFocus={look.autoFocus} attachments={look.attachments}>
            {look.composer}
          </Composer>
          {look.footer && <div className="mr-chat-footer">{look.footer}</div>}
        </div>
      </section>
    </ChatProvider>
  )
}
