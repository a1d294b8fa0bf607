'use client'

import { findModel, type Model } from '@millrace/core'
import { useChatStore } from '@millrace/hooks'
import { Columns2 } from 'lucide'
import { useEffect, useState } from 'react'
import { useComposer } from '../composer/composer-context.ts'
import { Icon } from '../controls/icon.tsx'
import { IconButton } from '../controls/icon-button.tsx'
import { Select } from '../controls/select.tsx'
import { compareWords } from '../strings/parts/compare.ts'
import { useWords } from '../strings/use-words.ts'

export interface CompareWithProps {
  /** Who may answer beside the chat's own model. */
  readonly models: readonly Model[]
}

/** Inside a `Composer`: has a second model answer what is sent from now on. Give the chat `renderCompared` to see them side by side. */
export function CompareWith({ models }: CompareWithProps) {
  const words = useWords(compareWords)
  const store = useChatStore()
  const { beforeSend } = useComposer()
  const [isOn, setIsOn] = useState(false)
  const [picked, setPicked] = useState('')
  const own = () => store.getOptions().model ?? store.getOptions().provider.models[0]?.id ?? ''
  const others = models.filter((model) => model !== findModel(models, own()))
  const other = others.find(({ id }) => id === picked) ?? others[0]
  const otherId = isOn ? other?.id : undefined

  // biome-ignore lint/correctness/useExhaustiveDependencies: `own` is asked when something is sent.
  useEffect(
    () => beforeSend(() => (otherId === undefined ? true : { models: [own(), otherId] })),
    [beforeSend, otherId, store],
  )

  if (!other) return null
  return (
    <>
      <IconButton
        className="mr-compare-toggle"
        label={words.compareWith}
        aria-pressed={isOn}
        onClick={() => setIsOn(!isOn)}
      >
        <Icon of={Columns2} />
      </IconButton>
      {isOn && (
        <Select
          className="mr-compare-with"
          aria-label={words.comparedModel}
          value={other.id}
          onChange={(event) => setPicked(event.target.value)}
        >
          {others.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </>
  )
}
