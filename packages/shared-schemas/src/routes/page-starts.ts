/** What one page needs before it can show its content. */
export interface PageStart {
  /** Its address; a segment that begins with a colon is a parameter. */
  path: string
  /** True for a page that needs no session. */
  isOpen: boolean
  /** Files of the build that load after the entry, as addresses. */
  scripts: readonly string[]
  styles: readonly string[]
  /** Addresses that it reads at once, with the parameters of its path. */
  reads: readonly string[]
}

/** The list that the web build writes and the server reads. The first path that fits counts. */
export interface PageStarts {
  pages: readonly PageStart[]
  /** The page that those without a session get at every address that needs one. */
  signIn: Omit<PageStart, "path" | "isOpen">
}

/** Where it is in the build. A folder that begins with a dot is not served. */
export const pageStartsFile = ".vite/page-starts.json"
