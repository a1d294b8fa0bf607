'use client'

import { useBranches, useChatStore } from '@millrace/hooks'
import {
  type ComponentPropsWithoutRef,
  type CSSProperties,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { cx } from '../controls/class-names.ts'
import { compareWords } from '../strings/parts/compare.ts'
import { useWords } from '../strings/use-words.ts'
import { CompareReply, type CompareReplyProps } from './compare-reply.tsx'
import { CompareTabs } from './compare-tabs.tsx'
import { useIsNarrow } from './use-is-narrow.ts'

export interface CompareViewProps extends Omit<ComponentPropsWithoutRef<'section'>, 'children'> {
  /** The reply that is shown. */
  readonly messageId: string
  /** Which of those that stand in its place are compared. Default: all. */
  readonly ids?: readonly string[] | undefined
  /** See `MessageView`. Keep its identity. */
  readonly onKeyRequest?: (() => void) | undefined
  /** Renders one of them. Default: a `CompareReply`. Keep its identity between renders. */
  readonly renderReply?: ((props: CompareReplyProps) => ReactNode) | undefined
}

/** In which forks somebody chose just now: the turn that is shown then is another, and takes over the focus. */
const chosenIn = new WeakSet<readonly string[]>()

/**
 * The replies to one question, side by side, or as tabs where there is no room for that (`data-narrow`). Each is written, can
 * be stopped and says how far it is by itself; the chat goes on from the one that is chosen. While one grows, no other renders.
 */
export function CompareView({
  messageId,
  ids,
  onKeyRequest,
  renderReply = renderCompareReply,
  className,
  style,
  ...props
}: CompareViewProps) {
  const words = useWords(compareWords)
  const store = useChatStore()
  const { ids: siblings } = useBranches(messageId)
  const compared = ids ?? siblings
  const ref = useRef<HTMLElement>(null)
  const isNarrow = useIsNarrow(ref)
  const [pickedId, setPickedId] = useState(messageId)
  const openId = compared.includes(pickedId) ? pickedId : messageId
  const uid = useId()
  const idOf = (kind: 'tab' | 'panel', id: string) => `${uid}-${kind}-${id}`

  // biome-ignore lint/correctness/useExhaustiveDependencies: another message is shown, in this place or in a new one.
  useEffect(() => {
    if (!chosenIn.delete(siblings)) return
    ref.current?.querySelector<HTMLElement>('[data-chosen] [aria-pressed="true"]')?.focus({ preventScroll: true })
  }, [siblings, messageId])

  const choose = useCallback(
    (id: string) => {
      if (id === messageId) return
      chosenIn.add(siblings)
      store.selectBranch(messageId, siblings.indexOf(id))
    },
    [store, messageId, siblings],
  )

  const count = { '--mr-compared': compared.length } as CSSProperties
  return (
    <section
      aria-label={words.compared}
      {...props}
      ref={ref}
      className={cx('mr-compare', className)}
      style={{ ...count, ...style }}
      data-narrow={isNarrow || undefined}
    >
      {isNarrow && <CompareTabs ids={compared} openId={openId} onOpen={setPickedId} idOf={idOf} />}
      {compared.map((id) => (
        // biome-ignore lint/a11y/useAriaPropsSupportedByRole: with the name comes the role.
        <div
          key={id}
          className="mr-compare-panel"
          id={idOf('panel', id)}
          role={isNarrow ? 'tabpanel' : undefined}
          aria-labelledby={isNarrow ? idOf('tab', id) : undefined}
          hidden={isNarrow && id !== openId}
        >
          {renderReply({ id, isChosen: id === messageId, onChoose: choose, onKeyRequest })}
        </div>
      ))}
    </section>
  )
}

const renderCompareReply = (props: CompareReplyProps) => <CompareReply {...props} />
