'use client'

import { type ListModelsOptions, type Model, type Provider, verifyKey } from '@millrace/core'
import { type FormEvent, useEffect, useId, useRef, useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Dialog } from '../controls/dialog.tsx'
import { Select } from '../controls/select.tsx'
import { keyDialogWords } from '../strings/parts/key-dialog.ts'
import { useWords } from '../strings/use-words.ts'
import type { KeptKey, KeyPlace } from './kept-key.ts'
import { KeyField } from './key-field.tsx'
import { describeOutcome, type KeyOutcome, outcomeOf } from './key-outcome.ts'
import { KeyPlaces } from './key-places.tsx'

export interface KeyDialogProps extends Pick<ListModelsOptions, 'baseURL' | 'headers' | 'fetch'> {
  /** Whose key it may be; the first, unless `kept` names another. With one there is nothing to choose. */
  readonly providers: readonly [Provider, ...Provider[]]
  /** The key there is. It is never shown, but it can be removed. */
  readonly kept?: KeptKey | undefined
  /** Takes a key that the provider accepted, with the models it may use; or one that the reader wants to use unchecked. */
  readonly onKey: (kept: KeptKey, models: readonly Model[] | undefined) => void
  /** Removes the key there is. Without it that is not offered. */
  readonly onRemove?: (() => void) | undefined
  readonly onClose: () => void
}

/**
 * Asks for an API key, tries it by listing the models, and only then takes it. The key stands in the field and is handed to
 * `onKey`: it is in no attribute, no text and no log. Open as long as it is rendered.
 */
export function KeyDialog({ providers, kept, onKey, onRemove, onClose, ...request }: KeyDialogProps) {
  const words = useWords(keyDialogWords)
  const [providerId, setProviderId] = useState(kept?.provider)
  const [place, setPlace] = useState<KeyPlace>(kept?.place ?? 'page')
  const [outcome, setOutcome] = useState<KeyOutcome>({ state: 'none' })
  const fieldRef = useRef<HTMLInputElement>(null)
  const check = useRef<AbortController>(undefined)
  /** It may be chosen anew while a key is checked. */
  const latestPlace = useRef(place)
  const id = useId()
  const provider = providers.find((each) => each.id === providerId) ?? providers[0]
  const { state } = outcome

  useEffect(() => () => check.current?.abort(), [])

  /** What was found out is not true of another key. */
  function reset(): void {
    check.current?.abort()
    setOutcome({ state: 'none' })
  }

  function take(key: string, models?: readonly Model[]): void {
    onKey({ key, place: latestPlace.current, provider: provider.id }, models)
  }

  async function tryKey(event: FormEvent): Promise<void> {
    event.preventDefault()
    if (state === 'accepted') return onClose()
    const key = fieldRef.current?.value.trim()
    fieldRef.current?.focus()
    if (!key) return setOutcome({ state: 'missing' })
    check.current?.abort()
    const controller = new AbortController()
    const { signal } = controller
    check.current = controller
    setOutcome({ state: 'checking' })
    // It only rejects once it was given up.
    const found = await verifyKey(provider, key, { ...request, signal }).then(outcomeOf, () => undefined)
    if (!found || signal.aborted) return
    setOutcome(found)
    if (found.state === 'accepted') take(key, found.models)
  }

  function takeUnchecked(): void {
    const key = fieldRef.current?.value.trim()
    if (!key) return
    take(key)
    onClose()
  }

  return (
    <Dialog className="mr-key-dialog" title={words.keyTitle} keepsOpen initialFocus={fieldRef} onClose={onClose}>
      <form className="mr-key-form" noValidate onSubmit={tryKey}>
        {providers.length > 1 && (
          <div className="mr-key-row">
            <label htmlFor={`${id}-provider`}>{words.keyProvider}</label>
            <Select
              id={`${id}-provider`}
              value={provider.id}
              onChange={(event) => {
                setProviderId(event.target.value)
                reset()
              }}
            >
              {providers.map(({ id: each, name }) => (
                <option key={each} value={each}>
                  {name}
                </option>
              ))}
            </Select>
          </div>
        )}
        <div className="mr-key-row">
          <label htmlFor={`${id}-key`}>{words.keyLabel}</label>
          <KeyField
            id={`${id}-key`}
            fieldRef={fieldRef}
            aria-describedby={`${id}-hint ${id}-outcome`}
            aria-invalid={state === 'missing' || state === 'rejected' || undefined}
            onInput={() => state !== 'none' && reset()}
          />
          <small id={`${id}-hint`}>{words.keyHint(provider.name)}</small>
        </div>
        <KeyPlaces
          place={place}
          onPlace={(next) => {
            setPlace(next)
            latestPlace.current = next
            // Kept anew, where it is wanted now.
            if (outcome.state === 'accepted') reset()
          }}
        />
        <p id={`${id}-outcome`} className="mr-key-outcome" role="status" data-state={state}>
          {describeOutcome(outcome, provider.name, words)}
        </p>
        <div className="mr-key-actions">
          {kept && onRemove && state !== 'accepted' && (
            <Button
              emphasis="quiet"
              onClick={() => {
                onRemove()
                onClose()
              }}
            >
              {words.removeKey}
            </Button>
          )}
          {(state === 'unreachable' || state === 'unchecked') && (
            <Button focusHeir={() => fieldRef.current} onClick={takeUnchecked}>
              {words.useUnchecked}
            </Button>
          )}
          <Button type="submit" emphasis="primary" aria-disabled={state === 'checking' || undefined}>
            {state === 'accepted' ? words.done : words.checkAndUse}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
