'use client'

import type { Capability, Model } from '@millrace/core'
import { Brain, ChevronDown, Eye, type IconNode, Wrench } from 'lucide'
import type { ComponentPropsWithRef } from 'react'
import { cx } from '../controls/class-names.ts'
import { Icon } from '../controls/icon.tsx'
import { modelWords } from '../strings/parts/models.ts'
import { useWords } from '../strings/use-words.ts'

export interface ModelPickerProps
  extends Omit<ComponentPropsWithRef<'select'>, 'value' | 'onChange' | 'children' | 'multiple'> {
  readonly models: readonly Model[]
  /** The id of the model that is picked, which may be in no list. Default: the first. */
  readonly value?: string | undefined
  readonly onChange: (modelId: string) => void
}

const capabilityIcons: Readonly<Record<Capability, IconNode>> = { vision: Eye, tools: Wrench, reasoning: Brain }

/**
 * Picks the model that answers, with what each costs per million tokens and, where the provider says it, can do. The list is the system's own, under a face that can
 * say more than the list's closed state could. `className` and `style` go to the face.
 */
export function ModelPicker({ models, value, onChange, className, style, ...props }: ModelPickerProps) {
  const words = useWords(modelWords)
  const known = models.find(({ id }) => id === value)
  const picked: Model | undefined = known ?? (value ? { id: value, name: value } : models[0])
  const choices = picked && value && !known ? [picked, ...models] : models
  const { price, capabilities = [] } = picked ?? {}
  const namesOf = (model: Model) => model.capabilities?.map((each) => words.capabilities[each]).join(', ')
  return (
    <span
      className={cx('mr-model-picker', className)}
      style={style}
      title={[picked && namesOf(picked), price && words.priceSource(price.asOf, price.source)]
        .filter(Boolean)
        .join('\n')}
    >
      <span className="mr-model-name" aria-hidden="true">
        {picked?.name ?? words.defaultModel}
      </span>
      {price && (
        <small className="mr-model-price" aria-hidden="true">
          {words.price(price)}
        </small>
      )}
      {capabilities.length > 0 && (
        <span className="mr-model-capabilities" aria-hidden="true">
          {capabilities.map((each) => (
            <Icon key={each} of={capabilityIcons[each]} data-capability={each} />
          ))}
        </span>
      )}
      <Icon of={ChevronDown} />
      <select
        aria-label={words.model}
        disabled={models.length === 0}
        {...props}
        value={picked?.id ?? ''}
        onChange={(event) => onChange(event.target.value)}
      >
        {choices.length === 0 && <option value="">{words.defaultModel}</option>}
        {choices.map((model) => (
          <option key={model.id} value={model.id}>
            {[model.name, model.price && words.price(model.price), namesOf(model)].filter(Boolean).join(' · ')}
          </option>
        ))}
      </select>
    </span>
  )
}
