/** The transcript around an element: what gets the focus of a button that leaves with the answer it belonged to. */
export const transcriptOf = (element: HTMLElement): HTMLElement | null => element.closest<HTMLElement>('[role="log"]')

/** The turn around an element. A page may be an article itself, which is none. */
export const turnOf = (element: HTMLElement): HTMLElement | null => element.closest<HTMLElement>('[role="log"] article')
