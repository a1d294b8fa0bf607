import { afterEach as checkAccessibility } from '@storybook/addon-a11y/preview'
import type { Decorator, Preview } from '@storybook/react-vite'
import '@millrace/ui/styles.css'
import './preview.css'
import { type Look, otherLooks, tryLook } from './look.ts'
import { StoryRoot } from './story-root.tsx'

const withRoot: Decorator = (Story, { globals, parameters }) => (
  <StoryRoot look={globals as unknown as Look} isFullscreen={parameters.layout === 'fullscreen'}>
    <Story />
  </StoryRoot>
)

const isTest = import.meta.env.VITEST_STORYBOOK !== undefined

/** In the middle of one, a colour is neither that of the old theme nor that of the new. */
async function transitionsEnd(): Promise<void> {
  await new Promise(requestAnimationFrame)
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition)
  await Promise.allSettled(transitions.map(({ finished }) => finished))
}

const preview: Preview = {
  tags: ['autodocs'],
  decorators: [withRoot],
  parameters: {
    layout: 'fullscreen',
    controls: { expanded: true },
    a11y: { test: 'error' },
    options: {
      storySort: {
        order: [
          'Introduction',
          'Build your own',
          'Theming',
          'Theme builder',
          'Tokens',
          'Accessibility',
          'Chat',
          'Parts',
        ],
      },
    },
  },
  initialGlobals: { theme: 'light', locale: 'en', direction: 'ltr' },
  globalTypes: {
    theme: {
      description: 'Light or dark',
      toolbar: {
        icon: 'contrast',
        items: [
          { value: 'light', title: 'Light' },
          { value: 'dark', title: 'Dark' },
        ],
        dynamicTitle: true,
      },
    },
    locale: {
      description: 'Language',
      toolbar: {
        icon: 'globe',
        items: [
          { value: 'en', title: 'English' },
          { value: 'vi', title: 'Tiếng Việt' },
        ],
        dynamicTitle: true,
      },
    },
    direction: {
      description: 'Direction of writing',
      toolbar: {
        icon: 'transfer',
        items: [
          { value: 'ltr', title: 'Left to right' },
          { value: 'rtl', title: 'Right to left' },
        ],
        dynamicTitle: true,
      },
    },
  },
  // The addon has looked at the story as the toolbar has it; as a test it is looked at in the others as well.
  async afterEach(context) {
    if (!isTest) return
    try {
      for (const { look, rules } of otherLooks) {
        tryLook(look)
        await transitionsEnd()
        const { a11y, ...parameters } = context.parameters
        const options = rules && { runOnly: rules }
        await checkAccessibility({ ...context, parameters: { ...parameters, a11y: { ...a11y, options } } })
      }
    } finally {
      tryLook(undefined)
    }
  },
}

export default preview
