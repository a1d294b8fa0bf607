import { en as chatEn } from './en.ts'
import { actionWords } from './parts/actions.ts'
import { attachmentsWords } from './parts/attachments.ts'
import { budgetWords } from './parts/budget.ts'
import { citationWords } from './parts/citations.ts'
import { codeWords } from './parts/code.ts'
import { compareWords } from './parts/compare.ts'
import { completionWords } from './parts/completions.ts'
import { costTableWords } from './parts/cost-table.ts'
import { dialogWords } from './parts/dialog.ts'
import { errorCardWords } from './parts/error-card.ts'
import { exportWords } from './parts/export.ts'
import { feedbackWords } from './parts/feedback.ts'
import { inspectorWords } from './parts/inspector.ts'
import { keyDialogWords } from './parts/key-dialog.ts'
import { modelWords } from './parts/models.ts'
import { offlineWords } from './parts/offline.ts'
import { shortcutWords } from './parts/shortcuts.ts'
import { shortenWords } from './parts/shorten.ts'
import { suggestionWords } from './parts/suggestions.ts'
import { threadsWords } from './parts/threads.ts'
import { usageWords } from './parts/usage.ts'
import { voiceWords } from './parts/voice.ts'
import type { Strings, Words } from './strings.ts'
import { useWords } from './use-words.ts'
import { vi as chatVi } from './vi.ts'

/** English, of all parts. */
export const en: Strings = {
  ...chatEn,
  ...attachmentsWords.en,
  ...budgetWords.en,
  ...citationWords.en,
  ...codeWords.en,
  ...compareWords.en,
  ...completionWords.en,
  ...costTableWords.en,
  ...dialogWords.en,
  ...errorCardWords.en,
  ...exportWords.en,
  ...keyDialogWords.en,
  ...modelWords.en,
  ...offlineWords.en,
  ...suggestionWords.en,
  ...threadsWords.en,
  ...usageWords.en,
  ...voiceWords.en,
  ...shortcutWords.en,
  ...shortenWords.en,
  ...feedbackWords.en,
  ...actionWords.en,
  ...inspectorWords.en,
}

/** Vietnamese, of all parts. */
export const vi: Strings = {
  ...chatVi,
  ...attachmentsWords.vi,
  ...budgetWords.vi,
  ...citationWords.vi,
  ...codeWords.vi,
  ...compareWords.vi,
  ...completionWords.vi,
  ...costTableWords.vi,
  ...dialogWords.vi,
  ...errorCardWords.vi,
  ...exportWords.vi,
  ...keyDialogWords.vi,
  ...modelWords.vi,
  ...offlineWords.vi,
  ...suggestionWords.vi,
  ...threadsWords.vi,
  ...usageWords.vi,
  ...voiceWords.vi,
  ...shortcutWords.vi,
  ...shortenWords.vi,
  ...feedbackWords.vi,
  ...actionWords.vi,
  ...inspectorWords.vi,
}

const words: Words<Strings> = { en, vi }

/** The words of the nearest `StringsProvider`, English without one. */
export const useStrings = (): Strings => useWords(words)
