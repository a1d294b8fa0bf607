import { expect, it } from 'vitest'
import * as ui from './index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(ui).sort()).toEqual([
    'Announcer',
    'BranchPicker',
    'Chat',
    'Composer',
    'ErrorCard',
    'ExportMenu',
    'FollowUps',
    'HighlighterProvider',
    'MessageActions',
    'MessageEnd',
    'MessageParts',
    'MessageView',
    'OfflineBanner',
    'Prose',
    'RemediesProvider',
    'SavedDrafts',
    'StringsProvider',
    'Suggestion',
    'Suggestions',
    'ThemeContrastError',
    'Thread',
    'ThreadList',
    'Turn',
    'attachments',
    'createTheme',
    'describeEnding',
    'en',
    'tokens',
    'useComposer',
    'useFollow',
    'useStrings',
    'vi',
  ])
})
