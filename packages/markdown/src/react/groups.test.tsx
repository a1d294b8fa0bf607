// @vitest-environment jsdom
import { cleanup, render } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import { groupSize, groups, type MemberProps } from './groups.tsx'

afterEach(cleanup)

interface Named {
  readonly name: number
  readonly stamp: number
}

function startList() {
  let drawn: number[] = []
  const Member = ({ node }: { readonly node: Named }) => {
    drawn.push(node.name)
    return <i>{node.name}</i>
  }
  const list = (nodes: readonly Named[]) => <>{groups({ nodes, member: Member, shared: {} })}</>
  const { rerender, container } = render(list([]))
  return {
    container,
    /** Which members were rendered. */
    show(nodes: readonly Named[]) {
      drawn = []
      rerender(list(nodes))
      return drawn
    },
  }
}

const nodes = (count: number): Named[] => Array.from({ length: count }, (_, name) => ({ name, stamp: 1 }))

it('renders no group again in which nothing changed', () => {
  const { container, show } = startList()
  const siblings = nodes(2 * groupSize)
  expect(show(siblings)).toHaveLength(2 * groupSize)
  expect(show(siblings)).toEqual([])
  siblings.push({ name: 2 * groupSize, stamp: 2 })
  expect(show(siblings)).toEqual([2 * groupSize])
  siblings[5] = { name: 5, stamp: 3 }
  expect(show(siblings)).toHaveLength(groupSize)
  expect(container.querySelectorAll('i')).toHaveLength(2 * groupSize + 1)
})

it('gives the last one what it alone gets', () => {
  const Member = ({ mark = '.' }: MemberProps<Named> & { readonly mark?: string }) => mark
  const list = groups({ nodes: nodes(groupSize + 2), member: Member, shared: {}, ofLast: { mark: '!' } })
  expect(render(list).container.textContent).toBe(`${'.'.repeat(groupSize + 1)}!`)
})
