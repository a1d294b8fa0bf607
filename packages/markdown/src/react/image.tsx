import { type MouseEvent, type ReactNode, useState, useSyncExternalStore } from 'react'
import type { Image } from '../parser/nodes.ts'
import { isOwnImage } from '../safety/image-policy.ts'
import { applyUrlPolicy } from '../safety/url-policy.ts'
import { element } from './element.ts'
import { rel } from './link.tsx'
import type { InlineProps } from './settings.ts'

/**
 * An image, or a link that loads it: fetching an image tells its server that it was shown, and all that its URL says. In a
 * link it is its description instead.
 */
export function ImageView({ node, settings }: InlineProps<Image>): ReactNode {
  const page = usePage()
  // Which one: another may come to stand in its place, and nobody asked for that.
  const [wanted, setWanted] = useState('')
  const { alt, title } = node
  const src = applyUrlPolicy(settings.urlPolicy, node.url, 'image')
  if (!src) return alt
  const image = element(settings, 'img', node, {
    src,
    alt,
    title,
    loading: 'lazy',
    decoding: 'async',
    referrerPolicy: 'no-referrer',
  })
  if (settings.allowImage ? settings.allowImage(src) : isOwnImage(src, page)) return image

  const host = hostOf(src, page)
  if (settings.isInLink) return alt || host
  const isWanted = wanted === src

  const load = (event: MouseEvent): void => {
    // With a key held the reader wants what it does to any link.
    if (isWanted || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    setWanted(src)
  }

  // Around the image as well: what has the focus stays.
  return (
    <a href={src} rel={rel} title={title} target="_blank" data-image={!isWanted || undefined} onClick={load}>
      {isWanted ? image : settings.labels.loadImage(alt, host)}
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
