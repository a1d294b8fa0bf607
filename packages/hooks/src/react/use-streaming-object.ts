'use client'
import { useEffect, useInsertionEffect, useState, useSyncExternalStore } from 'react'
import { createObject, type ObjectOptions, type ObjectState, type ObjectStore } from '../store/create-object.ts'

export interface StreamingObject<T> extends ObjectState<T>, Pick<ObjectStore<T>, 'submit' | 'stop' | 'clear'> {
  /** An object is on its way. */
  readonly isStreaming: boolean
}

/**
 * An object of a schema that a model writes, shown while it does: `object` is typed as partial and grows, once per
 * frame. What `submit` resolves with is validated. The request is stopped on unmount.
 * @throws {TypeError} for options that do not exist or cannot work.
 */
export function useStreamingObject<T>(options: ObjectOptions<T>): StreamingObject<T> {
  const [store] = useState(() => createObject(options))
  useInsertionEffect(() => store.setOptions(options))
  useEffect(() => store.stop, [store])
  const state = useSyncExternalStore(store.subscribe, store.getState, store.getState)
  const { submit, stop, clear } = store
  return { ...state, submit, stop, clear, isStreaming: state.status === 'submitted' || state.status === 'streaming' }
}
