import { useId, useInsertionEffect, useMemo, useRef, useState } from 'react'
import type { Highlighter } from '../highlight/highlighter.ts'
import type { MarkdownOptions } from '../parser/markdown-stream.ts'
import type { AllowImage } from '../safety/image-policy.ts'
import { defaultUrlPolicy, type UrlPolicy } from '../safety/url-policy.ts'
import { englishLabels, type MarkdownLabels } from './labels.ts'
import type { MarkdownComponents, ReactExtension, Settings } from './settings.ts'

/** How a document is read and rendered. Objects and functions may be new ones on every render. */
export interface RenderOptions {
  /** What takes the place of tags: `{ a: MyLink, h1: 'h2' }`. A component gets the props of the tag, and `node`. */
  readonly components?: MarkdownComponents | undefined
  /** Syntax beyond GFM, as `math` of `@millrace/markdown/math`. Others than before: all is read anew. */
  readonly extensions?: readonly ReactExtension[] | undefined
  /** Colours code. `createHighlighter` of `@millrace/markdown/highlight` makes one; keep it. */
  readonly highlighter?: Highlighter | undefined
  /**
   * Decides where links and images may lead; `defaultUrlPolicy` if missing. Asked when a link is rendered, so another
   * policy does not change what is shown: give the component another `key` for that.
   */
  readonly urlPolicy?: UrlPolicy | undefined
  /** Which images are fetched unasked: those of the page's own origin if missing. Asked when an image is rendered. */
  readonly allowImage?: AllowImage | undefined
  /** Renders `<br>`, `<sub>`, `<sup>`, `<kbd>`, `<details>` and `<summary>` without attributes as themselves. */
  readonly inertHtml?: boolean | undefined
  /** Lets `**` and the like close and open beside Chinese, Japanese and Korean punctuation. */
  readonly cjkEmphasis?: boolean | undefined
  /** What ids begin with; by default something that is unique on the page. */
  readonly idPrefix?: string | undefined
  /** Words in another language than English. */
  readonly labels?: Partial<MarkdownLabels> | undefined
}

export interface ResolvedOptions {
  readonly options: MarkdownOptions
  readonly settings: Settings
}

const noComponents: MarkdownComponents = {}
const noExtensions: readonly ReactExtension[] = []
const noLabels: Partial<MarkdownLabels> = {}

/** The same objects for as long as the options say the same. @param sourceMarks Whether elements say where they came from. */
export function useResolvedOptions(given: RenderOptions, sourceMarks: boolean): ResolvedOptions {
  const { highlighter, inertHtml = false, cjkEmphasis = false, urlPolicy, allowImage } = given
  const components = useSameIfEqual(given.components ?? noComponents)
  const extensions = useSameIfEqual(given.extensions ?? noExtensions)
  const givenLabels = useSameIfEqual(given.labels ?? noLabels)
  const pageWideId = useId()
  const idPrefix = given.idPrefix ?? `md-${pageWideId}-`

  const policies = useRef({ urlPolicy, allowImage })
  useInsertionEffect(() => {
    policies.current = { urlPolicy, allowImage }
  })
  const asksForImages = allowImage !== undefined

  const settings = useMemo<Settings>(() => {
    const askForImage: AllowImage = (url) => policies.current.allowImage?.(url) ?? false
    return {
      components,
      extensions,
      highlighter,
      inertHtml,
      sourceMarks,
      idPrefix,
      labels: { ...englishLabels, ...givenLabels },
      urlPolicy: (url, kind) => (policies.current.urlPolicy ?? defaultUrlPolicy)(url, kind),
      allowImage: asksForImages ? askForImage : undefined,
    }
  }, [components, extensions, highlighter, inertHtml, sourceMarks, idPrefix, givenLabels, asksForImages])
  const options = useMemo<MarkdownOptions>(() => ({ extensions, cjkEmphasis }), [extensions, cjkEmphasis])

  return { options, settings }
}

/** The object of the render before, if the new one has the same entries. */
function useSameIfEqual<T extends object>(value: T): T {
  const [kept, setKept] = useState(value)
  if (kept === value || isEqual(kept, value)) return kept
  setKept(value)
  return value
}

function isEqual(a: object, b: object): boolean {
  const entries = Object.entries(a)
  const others = new Map<string, unknown>(Object.entries(b))
  return entries.length === others.size && entries.every(([key, value]) => others.has(key) && others.get(key) === value)
}
