import { useId, useInsertionEffect, useMemo, useRef } from 'react'
import type { Highlighter } from '../highlight/highlighter.ts'
import type { MarkdownOptions } from '../parser/markdown-stream.ts'
import type { AllowImage } from '../safety/image-policy.ts'
import { defaultUrlPolicy, type UrlPolicy } from '../safety/url-policy.ts'
import type { InertHtml } from './inert-html.tsx'
import { englishLabels, type MarkdownLabels } from './labels.ts'
import type { MarkdownComponents, ReactExtension, Settings } from './settings.ts'
import { useSameIfEqual } from './use-same-if-equal.ts'

/** How a document is read and rendered. Objects and policies may be new ones on every render. */
export interface RenderOptions {
  /**
   * What takes the place of tags: `{ a: MyLink, h1: 'h2' }`. A component gets the props of the tag, and `node`; keep its
   * identity.
   */
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
  /**
   * The object of that name, imported from here, renders `<br>`, `<sub>`, `<sup>`, `<kbd>`, `<details>` and `<summary>`
   * without attributes as themselves.
   */
  readonly inertHtml?: InertHtml | undefined
  /** Lets `**` and the like close and open beside Chinese, Japanese and Korean punctuation. */
  readonly cjkEmphasis?: boolean | undefined
  /** Marks each block with where its source starts: `data-start`. `copyAsMarkdown` needs it. */
  readonly sourceMarks?: boolean | undefined
  /** What ids begin with; by default something that is unique on the page. */
  readonly idPrefix?: string | undefined
  /** Words in another language than English. */
  readonly labels?: Partial<MarkdownLabels> | undefined
}

export interface ResolvedOptions<Props> {
  readonly options: MarkdownOptions
  readonly settings: Settings
  /** What is none of them. */
  readonly rest: Omit<Props, keyof RenderOptions>
}

// The same at every render, so that there is nothing to compare.
const noComponents: MarkdownComponents = {}
const noExtensions: readonly ReactExtension[] = []

/** The same objects for as long as the options say the same. */
export function useResolvedOptions<Props extends RenderOptions>(props: Props): ResolvedOptions<Props> {
  const pageWideId = useId()
  const {
    components: givenComponents = noComponents,
    extensions: givenExtensions = noExtensions,
    labels: givenLabels = englishLabels,
    highlighter,
    urlPolicy,
    allowImage,
    inertHtml,
    cjkEmphasis = false,
    sourceMarks = false,
    idPrefix = `md-${pageWideId}-`,
    ...rest
  } = props
  const components = useSameIfEqual(givenComponents)
  const extensions = useSameIfEqual(givenExtensions)
  const labels = useSameIfEqual(givenLabels)

  const policies = useRef({ urlPolicy, allowImage })
  useInsertionEffect(() => {
    policies.current = { urlPolicy, allowImage }
  }, [urlPolicy, allowImage])
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
      labels: { ...englishLabels, ...labels },
      urlPolicy: (url, kind) => (policies.current.urlPolicy ?? defaultUrlPolicy)(url, kind),
      allowImage: asksForImages ? askForImage : undefined,
    }
  }, [components, extensions, highlighter, inertHtml, sourceMarks, idPrefix, labels, asksForImages])
  const options = useMemo<MarkdownOptions>(() => ({ extensions, cjkEmphasis }), [extensions, cjkEmphasis])

  return { options, settings, rest }
}
