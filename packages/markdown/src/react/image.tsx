import { type MouseEvent, type ReactNode, useState, useSyncExternalStore } from 'react'
import type { Image } from '../parser/nodes.ts'
import { isOwnImage } from '../safety/image-policy.ts'
import { applyUrlPolicy } from '../safety/url-policy.ts'
import { element } from './element.ts'
import { rel } from './link.tsx'
import { useSettings } from './settings.ts'

/** An image, or a link that loads it: fetching an image tells its server that it was shown, and all that its URL says. */
export function ImageView({ node }: { readonly node: Image }): ReactNode {
  const settings = useSettings()
  const page = usePage()
  const [isWanted, setIsWanted] = useState(false)
  const { alt, title } = node
  const src = node.url === '' ? undefined : applyUrlPolicy(settings.urlPolicy, node.url, 'image')
  if (!src) return alt
  const isAllowed = settings.allowImage ? settings.allowImage(src) : isOwnImage(src, page)
  if (isAllowed || isWanted) {
    return element(settings, 'img', node, {
      src,
      alt,
      title,
      loading: 'lazy',
      decoding: 'async',
      referrerPolicy: 'no-referrer',
    })
  }

  function load(event: MouseEvent): void {
    // With a key held the reader wants what it does to any link.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setIsWanted(true)
  }

  return (
    <a href={src} rel={rel} title={title} target="_blank" data-image="waiting" onClick={load}>
      {settings.labels.loadImage(alt, hostOf(src, page))}
    </a>
  )
}

function hostOf(url: string, page: string | undefined): string {
  return URL.canParse(url, page) ? new URL(url, page).host : url
}

const subscribe = () => () => {}
const readPage = () => document.baseURI

/** URL of the page. Not known on a server, nor while what a server rendered is taken over. */
function usePage(): string | undefined {
  return useSyncExternalStore<string | undefined>(subscribe, readPage, () => undefined)
}
