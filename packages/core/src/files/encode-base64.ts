// A multiple of three bytes becomes whole base64, so pieces can be put side by side; encoding one takes about a millisecond.
const pieceLength = 3 * 64 * 1024

/**
 * The bytes of a blob as base64, without keeping the page waiting: browsers encode beside it, elsewhere it is done piece
 * by piece. Rejects with the signal's reason once that is aborted, and with what reading fails with.
 */
export async function encodeBase64(blob: Blob, signal?: AbortSignal): Promise<string> {
  signal?.throwIfAborted()
  // Another page's blobs, and those of a test's platform, are none that this reader takes.
  if (typeof FileReader === 'function' && blob instanceof Blob) return readWhole(blob, signal)
  const pieces: string[] = []
  for (let start = 0; start < blob.size; start += pieceLength) {
    const bytes = new Uint8Array(await blob.slice(start, start + pieceLength).arrayBuffer())
    signal?.throwIfAborted()
    pieces.push(btoa(toBinary(bytes)))
  }
  return pieces.join('')
}

function readWhole(blob: Blob, signal: AbortSignal | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    const abort = () => reader.abort()
    signal?.addEventListener('abort', abort)
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '')
    reader.onerror = () => reject(reader.error)
    reader.onabort = () => reject(signal?.reason)
    reader.onloadend = () => signal?.removeEventListener('abort', abort)
    reader.readAsDataURL(blob)
  })
}

// More arguments at once than this overflow the stack of some engines.
const argumentsLength = 8192

function toBinary(bytes: Uint8Array): string {
  let text = ''
  for (let start = 0; start < bytes.length; start += argumentsLength)
    text += String.fromCharCode(...bytes.subarray(start, start + argumentsLength))
  return text
}
