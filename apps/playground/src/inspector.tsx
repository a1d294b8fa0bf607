import { createInspector, Icon, WireInspector } from '@millrace/ui'
import { Activity } from 'lucide'
import { BarButton } from './bar-button.tsx'

// One for the page: it goes on writing while it is not shown.
export const inspector = createInspector()

interface InspectorButtonProps {
  readonly label: string
  readonly isOpen: boolean
  readonly onToggle: () => void
}

/** Shows, and hides, what goes over the wire. */
export function InspectorButton({ label, isOpen, onToggle }: InspectorButtonProps) {
  return (
    <BarButton label={label} isPressed={isOpen} onClick={onToggle}>
      <Icon of={Activity} />
    </BarButton>
  )
}

export function InspectorPanel() {
  return <WireInspector inspector={inspector} className="pg-inspector millrace" />
}
