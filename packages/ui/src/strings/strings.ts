import type { ChatErrorCode, ToolCallPart } from '@millrace/core'
import type { ActionStrings } from './parts/actions.ts'
import type { AttachmentStrings } from './parts/attachments.ts'
import type { BudgetStrings } from './parts/budget.ts'
import type { CitationStrings } from './parts/citations.ts'
import type { CodeStrings } from './parts/code.ts'
import type { CompareStrings } from './parts/compare.ts'
import type { CompletionStrings } from './parts/completions.ts'
import type { ComposerStrings } from './parts/composer.ts'
import type { CostTableStrings } from './parts/cost-table.ts'
import type { DialogStrings } from './parts/dialog.ts'
import type { ErrorCardStrings } from './parts/error-card.ts'
import type { ExportStrings } from './parts/export.ts'
import type { FeedbackStrings } from './parts/feedback.ts'
import type { InspectorStrings } from './parts/inspector.ts'
import type { KeyDialogStrings } from './parts/key-dialog.ts'
import type { ModelStrings } from './parts/models.ts'
import type { OfflineStrings } from './parts/offline.ts'
import type { ShortcutStrings } from './parts/shortcuts.ts'
import type { ShortenStrings } from './parts/shorten.ts'
import type { SuggestionStrings } from './parts/suggestions.ts'
import type { ThreadsStrings } from './parts/threads.ts'
import type { UsageStrings } from './parts/usage.ts'
import type { VoiceStrings } from './parts/voice.ts'

/** What an error card says: what happened, and what that means for the reader. */
export interface ErrorWords {
  readonly title: string
  readonly hint: string
}

/** Every word that the components show or speak. Durations come in milliseconds. */
export interface Strings
  extends ChatStrings,
    ActionStrings,
    AttachmentStrings,
    BudgetStrings,
    CitationStrings,
    CodeStrings,
    CompareStrings,
    CompletionStrings,
    CostTableStrings,
    DialogStrings,
    ErrorCardStrings,
    ExportStrings,
    FeedbackStrings,
    InspectorStrings,
    KeyDialogStrings,
    ModelStrings,
    OfflineStrings,
    ShortcutStrings,
    ShortenStrings,
    SuggestionStrings,
    ThreadsStrings,
    UsageStrings,
    VoiceStrings {}

/** The words of a part in every language that comes with the package. */
export interface Words<T> {
  readonly en: T
  readonly vi: T
}

/** What `Chat` says by itself: every chat holds these. */
export interface ChatStrings extends ComposerStrings {
  readonly chat: string
  readonly transcript: string
  readonly youSaid: string
  readonly assistantSaid: string
  readonly emptyTitle: string
  readonly emptyHint: string

  readonly waiting: string
  readonly retryingIn: (ms: number) => string
  readonly silentFor: (ms: number) => string
  readonly thinking: string
  readonly thought: string
  readonly thoughtFor: (ms: number) => string
  readonly refused: string
  readonly toolStates: Readonly<Record<ToolCallPart['state'] | 'unfinished' | 'allowed' | 'declined', string>>
  readonly toolInput: string
  readonly toolOutput: string
  readonly approval: (tool: string) => string
  readonly approvalHint: string
  readonly approvalNoInput: string
  readonly allow: string
  readonly decline: string
  readonly giveReason: string
  readonly reason: string
  readonly approvalFailed: string
  readonly sources: string

  readonly code: string
  readonly table: string
  readonly footnotes: string
  readonly backToReference: (number: number) => string
  readonly taskDone: string
  readonly taskOpen: string
  readonly loadImage: (alt: string, host: string) => string

  readonly jumpToLatest: string
  readonly newMessages: (count: number) => string
  readonly newSinceYouLeft: string
  readonly copy: string
  readonly copied: string
  readonly copyFailed: string
  readonly regenerate: string
  readonly editHint: string
  readonly branches: string
  readonly previousBranch: string
  readonly nextBranch: string
  readonly branchPlace: (place: number, count: number) => string
  readonly tokens: (count: number) => string
  readonly timeToFirst: (ms: number) => string
  readonly tokensPerSecond: (count: number) => string

  readonly announceStart: string
  readonly announceEnd: (words: number) => string
  readonly announceApproval: (tool: string) => string
  readonly announceCode: (language: string | undefined) => string
  readonly announceStopped: string
  readonly announceFailed: (title: string) => string

  readonly tryAgain: string
  readonly continueAnswer: string
  readonly retryIn: (ms: number) => string
  readonly checkKey: string
  readonly cutOff: ErrorWords
  readonly lengthReached: string
  readonly stopped: string
  readonly contentFiltered: string
  readonly endUnknown: string
  readonly emptyAnswer: string
  /** Before the provider's own words on a failure. */
  readonly providerSays: (words: string) => string
  readonly errors: Readonly<Record<ChatErrorCode, ErrorWords>>
}

/** A language that comes with the package. */
export type Locale = 'en' | 'vi'
