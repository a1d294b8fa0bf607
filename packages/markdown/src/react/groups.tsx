// The parser changes nodes in place, which React's compiler could not know.
'use no memo'

import { type ComponentType, memo, type ReactNode } from 'react'

/**
 * How many siblings are rendered together. A frame compares one entry a group, and renders the members of those that
 * changed: the last one, as a rule.
 */
export const groupSize = 16

interface Stamped {
  readonly stamp: number
}

/** What every sibling gets. */
export interface MemberProps<Node> {
  readonly node: Node
  /** Says when the node has changed: the parser changes it in place. */
  readonly stamp: number
}

interface GroupsProps<Node, Props> {
  readonly nodes: readonly Node[]
  /** Renders one of them. */
  readonly member: ComponentType<Props>
  /** What it gets besides, the same for all. */
  readonly shared: Shared<Props>
  /** What only the last one gets. */
  readonly ofLast?: Partial<Shared<Props>>
  readonly start?: number
  readonly end?: number
}

type Shared<Props> = Omit<NoInfer<Props>, keyof MemberProps<unknown>>

/** Siblings in groups, always parted at the same places. Those are rendered again that changed. */
export function groups<Node extends Stamped, Props extends MemberProps<Node>>(
  props: GroupsProps<Node, Props>,
): ReactNode[] {
  const { nodes, shared, ofLast, start: first = 0, end: last = nodes.length } = props
  // Each member is given nodes of the list that it came with.
  const member = props.member as ComponentType<object>
  const rendered: ReactNode[] = []
  for (let start = first; start < last; start += groupSize) {
    const end = Math.min(start + groupSize, last)
    const stamp = latestStamp(nodes, start, end)
    const more = end === nodes.length ? ofLast : undefined
    rendered.push(<Group key={start} {...{ ...shared, nodes, member, start, end, stamp, ofLast: more }} />)
  }
  return rendered
}

interface GroupProps extends Stamped {
  readonly nodes: readonly Stamped[]
  readonly member: ComponentType<object>
  readonly start: number
  readonly end: number
  readonly ofLast: object | undefined
}

const Group = memo(function Group({ nodes, member: Member, start, end, ofLast, ...shared }: GroupProps) {
  return nodes.slice(start, end).map((node, offset) => {
    const more = start + offset === nodes.length - 1 ? ofLast : undefined
    // biome-ignore lint/suspicious/noArrayIndexKey: nodes are only ever added at the end, so their place is their identity.
    return <Member key={offset} {...{ ...shared, ...more, node, stamp: node.stamp }} />
  })
})

function latestStamp(nodes: readonly Stamped[], start: number, end: number): number {
  let latest = 0
  for (let index = start; index < end; index++) latest = Math.max(latest, nodes[index]?.stamp ?? 0)
  return latest
}
