import type { ReactNode } from 'react'

export interface BarButtonProps {
  readonly label: string
  readonly lang?: string
  /** For one that shows and hides something. */
  readonly isPressed?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

/** A button of the page around the chat, with an icon or two letters on it. */
export function BarButton({ label, isPressed, ...props }: BarButtonProps) {
  return (
    <button
      type="button"
      className="pg-bar-button"
      title={label}
      aria-label={label}
      aria-pressed={isPressed}
      {...props}
    />
  )
}
