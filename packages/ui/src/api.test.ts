import { expect, it } from 'vitest'
import * as ui from './index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(ui).sort()).toEqual([
    'Announcer',
    'BranchPicker',
    'Chat',
    'Composer',
    'ExportMenu',
    'FollowUps',
    'HighlighterProvider',
    'MessageActions',
    'MessageEnd',
    'MessageParts',
    'MessageView',
    'Prose',
    'SavedDrafts',
    'StringsProvider',
    'Suggestion',
    'Suggestions',
    'Thread',
    'ThreadList',
    'Turn',
    'attachments',
    'describeEnding',
    'en',
    'useComposer',
    'useFollow',
    'useStrings',
    'vi',
  ])
})
