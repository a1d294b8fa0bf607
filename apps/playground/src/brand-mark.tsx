/** Two waves: the stream in its channel. */
export function BrandMark() {
  return (
    <svg className="pg-mark" viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 8c3 0 3 2 6 2s3-2 6-2 3 2 6 2M3 14c3 0 3 2 6 2s3-2 6-2 3 2 6 2" />
    </svg>
  )
}
