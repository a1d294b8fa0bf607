'use client'
// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { type ComponentPropsWithoutRef, memo, type ReactNode, useEffect, useRef, useSyncExternalStore } from 'react'
import { DocumentView } from './document-view.tsx'
import { KeepSelection } from './keep-selection.tsx'
import { type Settings, SettingsProvider } from './settings.ts'
import { setStore } from './shown-trees.ts'
import { type LiveDocumentStore, type TextGrowth, useLiveDocument } from './use-live-document.ts'
import type { FeedSnapshot, MarkdownFeed } from './use-markdown-stream.ts'
import { type RenderOptions, useResolvedOptions } from './use-resolved-options.ts'
import { useSameIfEqual } from './use-same-if-equal.ts'

interface Looks extends RenderOptions, Omit<ComponentPropsWithoutRef<'div'>, 'children'> {}

export interface MarkdownTextProps extends Looks {
  readonly text: string
  /** Whether more text is to come at its end. What is unfinished there is shown as if it ended here. Default false. */
  readonly streaming?: boolean
  /**
   * What `text` becomes between renders, while `streaming`: it is shown without one. Keep its identity. Where text comes
   * many times a second this halves what React has to do.
   */
  readonly growth?: TextGrowth | undefined
  readonly stream?: undefined
}

export interface MarkdownStreamProps extends Looks {
  /** From `useMarkdownStream`. */
  readonly stream: MarkdownFeed
  readonly text?: undefined
  readonly streaming?: undefined
  readonly growth?: undefined
}

export type MarkdownProps = MarkdownTextProps | MarkdownStreamProps

/**
 * Renders Markdown, also while it is written. A `text` that has grown at its end costs what was added; any other text is
 * read anew. Nothing in it can run: it becomes React elements, never HTML. Other props go to the `div` around it.
 */
export const Markdown = memo(function Markdown(props: MarkdownProps) {
  const { stream = noFeed, text = '', streaming = false, growth, ...looks } = props
  const fed = useSyncExternalStore<FeedSnapshot | undefined>(stream.subscribe, stream.getSnapshot, stream.getSnapshot)
  const { options, settings, rest } = useResolvedOptions(looks)
  const divProps = useSameIfEqual(rest)
  const store = useLiveDocument(fed?.text ?? text, fed?.isDone ?? !streaming, options, growth)
  return <LiveView store={store} settings={settings} divProps={divProps} />
})

const noFeed = { subscribe: () => () => {}, getSnapshot: () => undefined }

interface LiveViewProps {
  readonly store: LiveDocumentStore
  readonly settings: Settings
  readonly divProps: ComponentPropsWithoutRef<'div'>
}

/** Not rendered for a text that is not in the tree yet: that comes with a render of its own. */
const LiveView = memo(function LiveView({ store, settings, divProps }: LiveViewProps): ReactNode {
  const live = useSyncExternalStore(store.subscribe, store.get, store.get)
  const { root } = live.stream
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (element.current) setStore(element.current, store)
  }, [store])
  return (
    <KeepSelection>
      <div {...divProps} ref={element} data-markdown="" data-streaming={live.isDone ? undefined : true}>
        <SettingsProvider value={settings}>
          <DocumentView root={root} stamp={root.stamp} open={root.open} />
        </SettingsProvider>
      </div>
    </KeepSelection>
  )
})
