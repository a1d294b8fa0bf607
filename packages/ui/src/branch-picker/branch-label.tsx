'use client'

import { messageCost } from '@millrace/core'
import { useMessage } from '@millrace/hooks'
import { usageWords } from '../strings/parts/usage.ts'
import { useStrings } from '../strings/strings-provider.tsx'
import { useWords } from '../strings/use-words.ts'
import { modelName, useKnownModels } from './known-models.ts'

/** Which model answered on a branch, how soon, and what that cost; as far as it is known. */
export function BranchLabel({ messageId }: { readonly messageId: string }) {
  const strings = useStrings()
  const words = useWords(usageWords)
  const models = useKnownModels()
  const message = useMessage(messageId)
  if (!message?.model) return null
  const { model, timing } = message
  const cost = messageCost(message, models)
  const firstToken = timing?.firstTokenAt !== undefined && strings.timeToFirst(timing.firstTokenAt - timing.startedAt)
  return (
    <span className="mr-branches-label" dir="auto">
      {modelName(models, model)}
      {cost && <span className="mr-branches-cost"> · {words.cost(cost.total)}</span>}
      {firstToken && <span className="mr-branches-first"> · {firstToken}</span>}
    </span>
  )
}
