// A stream has two connections, and each is a file.
const filesPerStream = 2
const enoughStreams = 2_000

/** What to say where few streams fit into what this process may open; nothing where that is enough, or not known. */
export function descriptorWarning(maxFiles: number | undefined): string | undefined {
  if (maxFiles === undefined || maxFiles >= enoughStreams * filesPerStream) return undefined
  const streams = Math.floor(maxFiles / filesPerStream)
  return `This process may open ${maxFiles} files, which is enough for about ${streams} streams. Raise it: ulimit -n 65536`
}

/** How many files this process may open; nothing where the system does not tell. */
export function maxOpenFiles(): number | undefined {
  const report: unknown = process.report?.getReport()
  const limits = property(property(report, 'userLimits'), 'open_files')
  const soft = Number(property(limits, 'soft'))
  return Number.isFinite(soft) ? soft : undefined
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
