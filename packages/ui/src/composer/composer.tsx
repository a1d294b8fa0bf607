'use client'

import { type Attachments, type ChatState, useChatActions, useChatSelector } from '@millrace/hooks'
import { ArrowUp, Square } from 'lucide'
import {
  type ComponentPropsWithRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useEffect,
  useId,
  useState,
} from 'react'
import { hasControls } from '../attachments/composer-attachments.ts'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { composerWords } from '../strings/parts/composer.ts'
import { useWords } from '../strings/use-words.ts'
import { askBeforeSend, ComposerContext, createListeners } from './composer-context.ts'
import { isComposing } from './is-composing.ts'
import { QueueList } from './queue-list.tsx'
import { useAutoSize } from './use-auto-size.ts'
import { useDraft } from './use-draft.ts'
import { useHistory } from './use-history.ts'

export interface ComposerProps extends Omit<ComponentPropsWithRef<'form'>, 'onSubmit'> {
  /** Takes the focus when it appears. */
  readonly autoFocus?: boolean | undefined
  /** Lets people attach files: `attachments()` of this package. The chat has to have it as well. */
  readonly attachments?: Attachments | undefined
  /** What more it can do, in the row of its buttons: `Completions`, `VoiceInput`, or what you make with `useComposer`. */
  readonly children?: ReactNode
}

/**
 * Where messages are written. Enter sends, Shift+Enter begins a line, ArrowUp at the start of the field brings the
 * last message back, and those before it; ArrowDown the draft. Escape stops the reply. A message sent while a reply is
 * on its way waits for it, unless the chat says otherwise. Each chat has a draft of its own.
 */
export function Composer({ autoFocus = false, attachments, children, className, ...props }: ComposerProps) {
  const strings = useWords(composerWords)
  const isReplying = useChatSelector(selectIsReplying)
  const { stop } = useChatActions()
  const draft = useDraft()
  const { text, setText, files, setFiles, canSend, trouble } = draft
  const [{ keyHandlers, sendHandlers, beforeKey, beforeSend }] = useState(createListeners)
  const visitHistory = useHistory(text, setText)
  const areaRef = useAutoSize(text)
  const hintId = useId()

  const focus = () => areaRef.current?.focus({ preventScroll: true })

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when it appears.
  useEffect(() => {
    if (autoFocus) focus()
  }, [])

  function send(): void {
    const options = canSend && askBeforeSend(sendHandlers)
    if (options) draft.send(options)
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (isComposing(event)) return
    if ([...keyHandlers].some((handler) => handler(event))) {
      event.preventDefault()
    } else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault()
      send()
    } else if (event.key === 'Escape' && isReplying) {
      event.preventDefault()
      stop()
    } else if (visitHistory(event)) {
      event.preventDefault()
    }
  }

  const tools = hasControls(attachments) && { attachments, files, onChange: setFiles, areaRef }

  return (
    <ComposerContext.Provider
      value={{ text, setText, files, queueEdit: draft.edit, canSend, send, areaRef, beforeKey, beforeSend }}
    >
      <form
        data-region=""
        {...props}
        className={cx('mr-composer', className)}
        onSubmit={(event) => {
          event.preventDefault()
          send()
          focus()
        }}
      >
        <QueueList
          edit={draft.edit}
          onEdit={draft.setEdit}
          focusHeir={() => areaRef.current}
          onWordsLeft={draft.takeWords}
        />
        <div className="mr-composer-field" data-replying={isReplying || undefined}>
          {tools && <tools.attachments.Tray {...tools} />}
          <textarea
            ref={areaRef}
            className="mr-composer-text"
            rows={1}
            dir="auto"
            enterKeyHint="send"
            placeholder={strings.placeholder}
            aria-label={strings.message}
            aria-describedby={hintId}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={onKeyDown}
          />
          {(tools || children) && (
            <div className="mr-composer-tools">
              {tools && <tools.attachments.Controls {...tools} />}
              {children}
            </div>
          )}
          {isReplying && (
            <IconButton
              className="mr-stop"
              label={strings.stop}
              aria-keyshortcuts="Escape"
              focusHeir={() => areaRef.current}
              onMouseDown={keepFocus}
              onClick={stop}
            >
              <Icon of={Square} />
            </IconButton>
          )}
          {(!isReplying || canSend) && (
            <IconButton
              type="submit"
              className="mr-send"
              label={isReplying ? strings.sendQueued : strings.send}
              aria-disabled={!canSend || undefined}
              focusHeir={() => areaRef.current}
              onMouseDown={keepFocus}
            >
              <Icon of={ArrowUp} />
            </IconButton>
          )}
        </div>
        <p id={hintId} className="mr-composer-hint">
          {strings.composerHint}
        </p>
        <p className="mr-composer-failure" role="alert">
          {trouble && strings[trouble]}
        </p>
      </form>
    </ComposerContext.Provider>
  )
}

/** A button that is pressed with a mouse or a finger leaves the focus, and the keyboard of a phone, where it is. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

const selectIsReplying = (state: ChatState) => state.replyIds.length > 0
