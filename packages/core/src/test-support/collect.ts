/** All that comes, in a list. `Array.fromAsync` would do it from Node 22 on. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}
