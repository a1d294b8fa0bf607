import type { ReactNode } from 'react'

export interface BarButtonProps {
  readonly label: string
  readonly lang?: string
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button of the page around the chat, with an icon or two letters on it. */
export function BarButton({ label, ...props }: BarButtonProps) {
  return <button type="button" className="pg-bar-button" title={label} aria-label={label} {...props} />
}
