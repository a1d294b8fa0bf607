import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import babel from '@rolldown/plugin-babel'
import { storybookTest } from '@storybook/addon-vitest/vitest-plugin'
import react, { reactCompilerPreset } from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { chromiumArgs, findChromium } from './scripts/lib/chromium.mjs'

// Packages are tested from their sources: no build stands between an edit and its test.
const conditions = ['@millrace/source']
const resolve = { conditions: [...conditions, 'module', 'browser', 'development|production', 'import'] }
const sources = ['packages/*/src', 'apps/*/{src,server}', 'examples/*/src', 'scripts']
const tests = (suffix: string) => sources.map((folder) => `${folder}/**/*.${suffix}.{ts,tsx}`)
// Once more, with the oldest React they work with, and compiled by React's compiler.
const ofReact = ['packages/{hooks,markdown}/src/react/**/*.test.tsx']
const compiled = tests('compiled.test')
const notInNode = [...tests('browser.test'), ...tests('touch.test'), '**/node_modules/**', '**/dist/**']
const storybook = fileURLToPath(new URL('apps/storybook/.storybook', import.meta.url))
const react18 = fileURLToPath(new URL('e2e/react-18/node_modules/', import.meta.url))

const launchOptions = { executablePath: findChromium(), args: chromiumArgs }
const touchScreen = playwright({ launchOptions, contextOptions: { hasTouch: true } })

// Of two cores Vitest would use one. What is drawn in Chromium has the machine to itself.
const maxWorkers = availableParallelism()

export default defineConfig({
  test: {
    projects: [
      {
        plugins: [react()],
        resolve,
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: {
          name: 'node',
          include: tests('test'),
          exclude: [...notInNode, ...compiled],
          environment: 'node',
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [react()],
        resolve: {
          ...resolve,
          alias: [{ find: /^(react|react-dom|@testing-library\/react)(?=\/|$)/, replacement: `${react18}$1` }],
        },
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: {
          name: 'react-18',
          include: ofReact,
          exclude: [...notInNode, ...compiled],
          maxWorkers,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [react(), babel({ presets: [reactCompilerPreset()] })],
        resolve,
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: { name: 'react-compiler', include: ofReact, exclude: notInNode, maxWorkers, sequence: { groupOrder: 0 } },
      },
      {
        plugins: [react()],
        resolve,
        test: {
          name: 'browser',
          include: tests('browser.test'),
          globalSetup: [
            './packages/testing/src/test-support/serve-faults.ts',
            './packages/proxy/src/test-support/serve-for-browser.ts',
          ],
          sequence: { groupOrder: 1 },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [
              { browser: 'chromium' },
              // A page of its own: once a page was a touch screen, nothing hovers in it any more.
              { browser: 'chromium', name: 'touch', include: tests('touch.test'), provider: touchScreen },
            ],
          },
        },
      },
      {
        // Every story in Chromium: what it does, and whether it is accessible in each look.
        plugins: [storybookTest({ configDir: storybook, storybookScript: 'npm run storybook' })],
        test: {
          name: 'stories',
          sequence: { groupOrder: 2 },
          // One page shows all of them, as Storybook's does.
          isolate: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        resolve,
        test: {
          name: 'types',
          include: [],
          sequence: { groupOrder: 0 },
          typecheck: { enabled: true, only: true, include: tests('test-d') },
        },
      },
      {
        resolve,
        ssr: { resolve: { conditions, externalConditions: conditions } },
        test: {
          name: 'e2e',
          include: ['e2e/**/*.e2e.test.ts'],
          maxWorkers,
          sequence: { groupOrder: 3 },
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
