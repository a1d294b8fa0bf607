/**
 * Puts text on the clipboard.
 * @throws {DOMException} if the browser does not allow it.
 */
export async function copyText(text: string): Promise<void> {
  // Only there on pages that are a secure context; a server in the local network is none.
  if (navigator.clipboard) return navigator.clipboard.writeText(text)
  const holder = document.createElement('textarea')
  const focused = document.activeElement
  holder.value = text
  holder.style.position = 'fixed'
  document.body.append(holder)
  holder.select()
  const isCopied = document.execCommand('copy')
  holder.remove()
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true })
  if (!isCopied) throw new DOMException('The browser did not copy.', 'NotAllowedError')
}
