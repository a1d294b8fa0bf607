/** The transcript around an element: what gets the focus of a button that leaves with the answer it belonged to. */
export const transcriptOf = (element: HTMLElement): HTMLElement | null => element.closest<HTMLElement>('[role="log"]')
