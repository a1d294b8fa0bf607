'use client'

import type { Message } from '@millrace/core'
import { createContext, type ReactNode, useContext } from 'react'

/** What more can be done with a message. */
export type ActionSlot = (message: Message) => ReactNode

const ActionSlotContext = createContext<ActionSlot | undefined>(undefined)

/** Says what more the messages below it offer. Keep the identity of the function between renders. */
export const ActionSlotProvider = ActionSlotContext.Provider

export const useActionSlot = (): ActionSlot | undefined => useContext(ActionSlotContext)
