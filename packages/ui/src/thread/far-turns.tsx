'use client'

import type { Message } from '@millrace/core'
import { memo, useEffect, useRef } from 'react'
import { useIsomorphicLayoutEffect } from '../controls/use-isomorphic-layout-effect.ts'
import { whenNear } from '../scroll/when-near.ts'
import { useStrings } from '../strings/strings-provider.tsx'

interface FarTurnsProps {
  readonly messages: readonly Message[]
  /** Names them to `onNear`. */
  readonly firstId: string
  /** Called when they come near to what is shown. Keep its identity. */
  readonly onNear: (firstId: string) => void
}

/**
 * Turns that are far from what is shown: what they say, not yet read as Markdown. A search of the page finds it, and so does
 * whoever reads by other means. Their elements are made by hand: what React would remember of a thousand turns weighs as
 * much as all else on the page.
 */
export const FarTurns = memo(function FarTurns({ messages, firstId, onNear }: FarTurnsProps) {
  const { youSaid, assistantSaid } = useStrings()
  const ref = useRef<HTMLDivElement>(null)
  useIsomorphicLayoutEffect(() => {
    const turns = messages.filter(isShown).map(({ role, content }) => {
      return createTurn(role, role === 'user' ? youSaid : assistantSaid, content)
    })
    ref.current?.replaceChildren(...turns)
  }, [messages, youSaid, assistantSaid])
  useEffect(() => {
    return ref.current ? whenNear(ref.current, () => onNear(firstId)) : undefined
  }, [firstId, onNear])
  const style = { containIntrinsicBlockSize: `auto ${guessHeight(messages)}px` }
  return <div ref={ref} className="mr-far-turns" style={style} />
}, saysTheSame)

function saysTheSame(before: FarTurnsProps, after: FarTurnsProps): boolean {
  const isSame = before.messages.every((message, index) => message === after.messages[index])
  return isSame && before.messages.length === after.messages.length && before.onNear === after.onNear
}

function createTurn(role: string, title: string, text: string): HTMLElement {
  const turn = document.createElement('article')
  turn.className = 'mr-far-turn'
  turn.dataset.role = role
  turn.tabIndex = -1
  const heading = document.createElement('h2')
  heading.className = 'mr-visually-hidden'
  heading.textContent = title
  turn.append(heading, text)
  return turn
}

/** What the system and the tools say is for the model. */
const isShown = ({ role }: Message) => role === 'user' || role === 'assistant'

// A guess is enough: what comes near is measured, and moves nothing.
const charactersPerLine = 80
const lineHeight = 26
const turnGap = 28

function guessHeight(messages: readonly Message[]): number {
  const lines = messages.reduce((sum, { content }) => sum + Math.ceil(content.length / charactersPerLine), 0)
  return lines * lineHeight + messages.length * turnGap
}
