'use client'

import type { SendOptions } from '@millrace/hooks'
import { createContext, type KeyboardEvent, type RefObject, type SetStateAction, useContext } from 'react'
import type { AttachedFile } from '../attachments/composer-attachments.ts'
import type { QueueEdit } from './use-draft.ts'

/** `true` where it took the key, which then does nothing else. */
export type KeyHandler = (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
/** `false` keeps what is to be sent, options go with it, and a function is asked once those of everybody are known. */
export type SendHandler = () => boolean | SendOptions | ((options: SendOptions) => boolean)

/** The composer, for what is put inside it. */
export interface ComposerHandle {
  readonly text: string
  readonly setText: (text: SetStateAction<string>) => void
  readonly files: readonly AttachedFile[]
  /** What a message in the queue is being changed to. */
  readonly queueEdit: QueueEdit | undefined
  /** There is something to send. */
  readonly canSend: boolean
  /** As Enter does. */
  readonly send: () => void
  readonly areaRef: RefObject<HTMLTextAreaElement | null>
  /** Asks you about each key in the field first, but for those of an input method: `true` where you took it. Returns how to stop that. */
  readonly beforeKey: (handler: KeyHandler) => () => void
  /** Asks you before something is sent. Returns how to stop that. */
  readonly beforeSend: (handler: SendHandler) => () => void
}

export const ComposerContext = createContext<ComposerHandle | undefined>(undefined)

/**
 * The composer around a component. Renders with every letter that is typed.
 * @throws {Error} outside a Composer.
 */
export function useComposer(): ComposerHandle {
  const composer = useContext(ComposerContext)
  if (!composer) throw new Error('There is no composer here. Put the component inside <Composer>.')
  return composer
}

export interface Listeners extends Pick<ComposerHandle, 'beforeKey' | 'beforeSend'> {
  readonly keyHandlers: ReadonlySet<KeyHandler>
  readonly sendHandlers: ReadonlySet<SendHandler>
}

/** Whoever wants to be asked before a composer does something. */
export function createListeners(): Listeners {
  const keyHandlers = new Set<KeyHandler>()
  const sendHandlers = new Set<SendHandler>()
  return { keyHandlers, sendHandlers, beforeKey: adderTo(keyHandlers), beforeSend: adderTo(sendHandlers) }
}

function adderTo<Handler>(handlers: Set<Handler>) {
  return (handler: Handler) => {
    handlers.add(handler)
    return () => void handlers.delete(handler)
  }
}

/** @returns what to send with; undefined where somebody keeps it. */
export function askBeforeSend(handlers: ReadonlySet<SendHandler>): SendOptions | undefined {
  let options: SendOptions = {}
  const askedLast: ((options: SendOptions) => boolean)[] = []
  for (const handler of handlers) {
    const answer = handler()
    if (answer === false) return undefined
    if (typeof answer === 'function') askedLast.push(answer)
    else if (answer !== true) options = { ...options, ...answer }
  }
  return askedLast.every((mayGo) => mayGo(options)) ? options : undefined
}
