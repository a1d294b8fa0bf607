'use client'

import { type ComponentPropsWithoutRef, memo, type ReactNode, useSyncExternalStore } from 'react'
import type { MarkdownDocument } from '../parser/nodes.ts'
import { BlockList } from './blocks.tsx'
import { FootnoteOrderProvider, Footnotes, footnoteOrder } from './footnotes.tsx'
import { KeepSelection } from './keep-selection.tsx'
import { SettingsProvider } from './settings.ts'
import { useCopyAsMarkdown } from './use-copy-as-markdown.ts'
import { useLiveDocument } from './use-live-document.ts'
import type { MarkdownFeed } from './use-markdown-stream.ts'
import { type RenderOptions, useResolvedOptions } from './use-resolved-options.ts'

interface Looks extends RenderOptions, Omit<ComponentPropsWithoutRef<'div'>, 'children'> {
  /** Copying a selection puts its Markdown source on the clipboard. */
  readonly copyAsMarkdown?: boolean
}

export interface MarkdownTextProps extends Looks {
  readonly text: string
  /** Whether more text is to come at its end. What is unfinished there is shown as if it ended here. Default false. */
  readonly streaming?: boolean
  readonly stream?: undefined
}

export interface MarkdownStreamProps extends Looks {
  /** From `useMarkdownStream`. */
  readonly stream: MarkdownFeed
  readonly text?: undefined
  readonly streaming?: undefined
}

export type MarkdownProps = MarkdownTextProps | MarkdownStreamProps

/**
 * Renders Markdown, also while it is written. A `text` that has grown at its end costs what was added; any other text is
 * read anew. Nothing in it can run: it becomes React elements, never HTML. Other props go to the `div` around it.
 */
export const Markdown = memo(function Markdown({ stream, text, streaming = false, ...looks }: MarkdownProps) {
  if (stream) return <FedMarkdown stream={stream} {...looks} />
  return <MarkdownText text={text} streaming={streaming} {...looks} />
})

function FedMarkdown({ stream, ...looks }: MarkdownStreamProps): ReactNode {
  const { text, isDone } = useSyncExternalStore(stream.subscribe, stream.getSnapshot, stream.getSnapshot)
  return <MarkdownText text={text} streaming={!isDone} {...looks} />
}

function MarkdownText({
  text,
  streaming = false,
  copyAsMarkdown = false,
  onCopy,
  ...looks
}: MarkdownTextProps): ReactNode {
  const [options, divProps] = splitOptions(looks)
  const { options: streamOptions, settings } = useResolvedOptions(options, copyAsMarkdown)
  const live = useLiveDocument(text, !streaming, streamOptions)
  const copy = useCopyAsMarkdown(live, onCopy)
  const { root } = live.stream
  return (
    <KeepSelection>
      <div
        {...divProps}
        data-markdown=""
        data-streaming={live.isDone ? undefined : true}
        onCopy={copyAsMarkdown ? copy : onCopy}
      >
        <SettingsProvider value={settings}>
          <DocumentView root={root} stamp={root.stamp} open={root.open} />
        </SettingsProvider>
      </div>
    </KeepSelection>
  )
}

/** What this component understands, and what the `div` does. */
function splitOptions<Props extends RenderOptions>(props: Props): [RenderOptions, Omit<Props, keyof RenderOptions>] {
  const {
    components,
    extensions,
    highlighter,
    urlPolicy,
    allowImage,
    inertHtml,
    cjkEmphasis,
    idPrefix,
    labels,
    ...rest
  } = props
  return [
    { components, extensions, highlighter, urlPolicy, allowImage, inertHtml, cjkEmphasis, idPrefix, labels },
    rest,
  ]
}

interface DocumentViewProps {
  readonly root: MarkdownDocument
  readonly stamp: number
  readonly open: boolean
}

const DocumentView = memo(function DocumentView({ root }: DocumentViewProps): ReactNode {
  const { children, footnotes } = root
  return (
    <FootnoteOrderProvider value={footnoteOrder(root)}>
      <BlockList blocks={children} />
      {footnotes && <Footnotes section={footnotes} stamp={footnotes.stamp} />}
    </FootnoteOrderProvider>
  )
})
