'use client'

import { type ComponentType, createContext, useContext } from 'react'

/** Tells what a reply takes, while it is written and after. */
export type MeterComponent = ComponentType<{ readonly messageId: string }>

const MeterContext = createContext<MeterComponent | undefined>(undefined)

/** Says what tells the numbers of the last reply below it, in place of the default. */
export const MeterProvider = MeterContext.Provider

export const useMeterSlot = (): MeterComponent | undefined => useContext(MeterContext)
