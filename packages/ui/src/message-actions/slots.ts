'use client'

import type { Message } from '@millrace/core'
import { type ComponentType, createContext, type ReactNode, useContext } from 'react'

/** What more can be done with a message. */
export type ActionSlot = (message: Message) => ReactNode

export const ActionSlotContext = createContext<ActionSlot | undefined>(undefined)

/** Says what more the messages below it offer. Keep the identity of the function between renders. */
export const ActionSlotProvider = ActionSlotContext.Provider

export const useActionSlot = (): ActionSlot | undefined => useContext(ActionSlotContext)

/** Tells what a reply takes, while it is written and after. */
export type MeterComponent = ComponentType<{ readonly messageId: string }>

export const MeterContext = createContext<MeterComponent | undefined>(undefined)

/** Says what tells the numbers of the last reply below it, in place of the default. */
export const MeterProvider = MeterContext.Provider

export const useMeterSlot = (): MeterComponent | undefined => useContext(MeterContext)
