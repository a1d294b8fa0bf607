'use client'

import type { FenceProps, ReactExtension } from '../react/settings.ts'
import { Diagram } from './diagram.tsx'

/** What is used of Mermaid, from version 11 on. */
export interface Mermaid {
  initialize(config: Record<string, unknown>): void
  render(id: string, text: string): Promise<{ readonly svg: string }>
}

export interface DiagramOptions {
  /** Gets Mermaid, with the first diagram: `() => import('mermaid')`. */
  readonly load: () => Promise<{ readonly default: Mermaid }>
  /** Mermaid's own settings, as `{ theme: 'dark' }`. What keeps it safe cannot be changed. */
  readonly config?: Readonly<Record<string, unknown>>
  /** Name of the picture, for who does not see it. Default `Diagram`. */
  readonly label?: string
}

const fixedConfig = {
  startOnLoad: false,
  securityLevel: 'strict',
  // Else it leaves a picture of the error at the end of the page.
  suppressErrorRendering: true,
  // Labels as HTML would be left out of a picture by some browsers.
  htmlLabels: false,
  flowchart: { htmlLabels: false },
}

/** Draws fences of `mermaid`. For the `extensions` of `<Markdown>`; make it once and keep it. */
export function createDiagrams({ load, config, label = 'Diagram' }: DiagramOptions): ReactExtension {
  let loading: Promise<Mermaid> | undefined

  async function start(): Promise<Mermaid> {
    const { default: mermaid } = await load()
    mermaid.initialize({ ...config, ...fixedConfig })
    return mermaid
  }

  async function draw(id: string, text: string): Promise<string> {
    loading ??= start()
    // What did not arrive may the next time.
    loading.catch(() => {
      loading = undefined
    })
    const { svg } = await (await loading).render(id, text)
    return svg
  }

  return {
    name: 'diagrams',
    fences: { mermaid: (props: FenceProps) => <Diagram {...props} draw={draw} label={label} /> },
  }
}
