/** Something is under way. Says nothing by itself: put words beside it. */
export function Dots() {
  return (
    <span className="mr-dots" aria-hidden="true">
      <span />
      <span />
      <span />
    </span>
  )
}
