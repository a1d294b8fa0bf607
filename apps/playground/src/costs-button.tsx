import { CostTable, Dialog, Icon, ThreadUsage } from '@millrace/ui'
import { Coins } from 'lucide'
import { useState } from 'react'
import { BarButton } from './bar-button.tsx'
import type { Words } from './words.ts'

/** What the chat cost so far, and behind a button of which answers that is made. */
export function CostsButton({ words }: { readonly words: Words }) {
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <ThreadUsage className="pg-usage" />
      <BarButton label={words.costs} onClick={() => setIsOpen(true)}>
        <Icon of={Coins} />
      </BarButton>
      {isOpen && (
        <Dialog className="pg-costs" title={words.costs} onClose={() => setIsOpen(false)}>
          <CostTable />
        </Dialog>
      )}
    </>
  )
}
