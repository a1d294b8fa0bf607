'use client'
import { useSyncExternalStore } from 'react'
import type { Threads, ThreadsActions, ThreadsState } from '../store/threads.ts'

/**
 * The list of saved threads, and what can be done with it. It is read once the component is mounted, so that what a server
 * rendered fits.
 */
export function useThreads(threads: Threads): ThreadsState & ThreadsActions {
  const state = useSyncExternalStore(threads.subscribe, threads.getState, threads.getInitialState)
  return { ...threads, ...state }
}
