/** Put in by the build. */
declare const __SERVER_VERSION__: string | undefined

/** The version of the product; `source` where its source runs without a build. */
export const serverVersion = typeof __SERVER_VERSION__ === "undefined" ? "source" : __SERVER_VERSION__
