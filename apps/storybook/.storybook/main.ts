import type { StorybookConfig } from '@storybook/react-vite'
import { defaultClientConditions, mergeConfig } from 'vite'

const config: StorybookConfig = {
  stories: ['../docs/*.mdx', '../../../packages/ui/src/**/*.stories.tsx'],
  addons: ['@storybook/addon-docs', '@storybook/addon-a11y', '@storybook/addon-vitest'],
  framework: '@storybook/react-vite',
  core: { disableTelemetry: true, disableWhatsNewNotifications: true },
  // The packages are taken from their sources: nothing has to be built first.
  viteFinal: (vite) => mergeConfig(vite, { resolve: { conditions: ['@millrace/source', ...defaultClientConditions] } }),
}

export default config
