import { expect, it } from 'vitest'
import * as ui from './index.ts'

it('exports these names and no others', () => {
  expect(Object.keys(ui).sort()).toEqual([
    'Announcer',
    'BranchPicker',
    'Chat',
    'Composer',
    'ExportMenu',
    'HighlighterProvider',
    'MessageActions',
    'MessageEnd',
    'MessageParts',
    'MessageView',
    'Prose',
    'StringsProvider',
    'Thread',
    'ThreadList',
    'Turn',
    'attachments',
    'describeEnding',
    'en',
    'useFollow',
    'useStrings',
    'vi',
  ])
})
