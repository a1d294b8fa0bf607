import { cdp } from 'vitest/browser'

type Feature = 'forced-colors' | 'prefers-color-scheme' | 'prefers-contrast' | 'prefers-reduced-motion'

export interface EmulatedMedia {
  readonly media?: 'print' | 'screen'
  readonly features?: Readonly<Partial<Record<Feature, string>>>
}

/** Shows the page as on paper, or to somebody who set the system so. Without arguments, as it is. */
export async function emulateMedia({ media, features = {} }: EmulatedMedia = {}): Promise<void> {
  await cdp().send('Emulation.setEmulatedMedia', {
    media: media ?? '',
    features: Object.entries(features).map(([name, value]) => ({ name, value })),
  })
}
