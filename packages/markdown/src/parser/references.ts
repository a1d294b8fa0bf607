import type { LinkDefinition } from './inline/links.ts'
import type { Journal } from './journal.ts'
import type { Segment } from './leaf-content.ts'
import type { FootnoteBlock } from './writable-nodes.ts'

/**
 * What labels stand for. Definitions mostly come after their uses: so each segment of text that looked a label up in
 * vain is remembered, and those alone are parsed again when it is defined.
 */
export interface References {
  readonly links: ReadonlyMap<string, LinkDefinition>
  readonly footnotes: ReadonlyMap<string, FootnoteBlock>
  /** The first definition of a label counts. */
  defineLink(label: string, definition: LinkDefinition): void
  defineFootnote(label: string, footnote: FootnoteBlock): void
  /** The labels that a segment looked up in vain, `^` in front of those of footnotes. */
  missed(labels: readonly string[], segment: Segment): void
  /** The segments that looked up in vain what has been defined since. */
  takeLateUsers(): ReadonlySet<Segment>
}

export function createReferences(journal: Journal): References {
  const links = new Map<string, LinkDefinition>()
  const footnotes = new Map<string, FootnoteBlock>()
  const users = new Map<string, Set<Segment>>()
  let lateUsers = new Set<Segment>()

  function define<Definition>(map: Map<string, Definition>, label: string, definition: Definition, key: string): void {
    if (map.has(label)) return
    map.set(label, definition)
    // What the unfinished line defines is for display: nothing that is settled may be parsed with it.
    if (journal.isRecording) return journal.record(() => map.delete(label))
    for (const segment of users.get(key) ?? []) lateUsers.add(segment)
    users.delete(key)
  }

  return {
    links,
    footnotes,
    defineLink: (label, definition) => define(links, label, definition, label),
    defineFootnote: (label, footnote) => define(footnotes, label, footnote, `^${label}`),
    missed(labels, segment) {
      for (const label of labels) {
        const segments = users.get(label) ?? new Set()
        users.set(label, segments.add(segment))
      }
    },
    takeLateUsers() {
      const taken = lateUsers
      if (taken.size > 0) lateUsers = new Set()
      return taken
    },
  }
}
