/** For a browser that talks to this machine alone. */
export declare const chromiumArgs: string[]

/**
 * The browser that tests run in: the one named by CHROMIUM_PATH, else one of the system's, else Playwright's own.
 * @throws {Error} where there is none; it says what to do.
 */
export declare function findChromium(): string
