'use client'

import type { Model } from '@millrace/core'
import { useState } from 'react'
import { Button } from '../controls/button.tsx'
import { Select } from '../controls/select.tsx'
import { transcriptOf } from '../controls/transcript-of.ts'
import { errorCardWords } from '../strings/parts/error-card.ts'
import { useWords } from '../strings/use-words.ts'

export interface SwitchModelProps {
  /** At least one. */
  readonly models: readonly Model[]
  readonly onModel: (modelId: string) => void
}

/** Has another model answer. */
export function SwitchModel({ models, onModel }: SwitchModelProps) {
  const words = useWords(errorCardWords)
  const [picked, setPicked] = useState('')
  const model = models.find(({ id }) => id === picked) ?? models[0]
  return (
    <>
      <Select aria-label={words.otherModel} value={model?.id} onChange={(event) => setPicked(event.target.value)}>
        {models.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
      <Button emphasis="primary" focusHeir={transcriptOf} onClick={() => model && onModel(model.id)}>
        {words.askModel}
      </Button>
    </>
  )
}
