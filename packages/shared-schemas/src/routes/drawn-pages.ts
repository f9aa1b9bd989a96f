/** Cookies that a browser's script keeps for the server, which draws pages with them. They name no one and give no right. */
export const browserCookies = {
  /** The time zone, as an IANA name. */
  timeZone: "peering-desk-zone",
  /** The project that the browser showed last. */
  lastProject: "peering-desk-project",
} as const

/** What drawing a page starts with. */
export interface PageRequest {
  /** Path and query of its address. */
  path: string
  search: string
  /** The page's time, milliseconds since 1970. */
  now: number
  /** A demo's clock is not that of the browser. */
  isSimulated: boolean
  timeZone: string
  /** False draws the page of a share link, and the sign-in page at any other address. */
  hasSession: boolean
  isMac: boolean
  lastProject: string | null
  /** Reads from the API with the rights of the person who asked for the page; without a session, what is open to all. */
  read: (url: string) => Promise<PageRead>
  /** Resolves when the page is drawn without what it can do without. */
  late: Promise<void>
}

/** An answer of the API. */
export interface PageRead {
  status: number
  etag: string | null
  text: string
}

/** A page that was drawn. */
export interface DrawnPage {
  /** The content of `#root`. */
  html: string
  /** The window's title, not escaped. */
  title: string
  /** JSON, in which no `<` occurs. */
  data: string
  /** Files that load when they are shown, of which something was drawn, as the build's manifest names them. */
  modules: readonly string[]
}

/** The file of `web/dist-server` that the server loads. */
export interface PageDrawer {
  /** Returns whether the page at a path can be drawn by a server. */
  isDrawn: (path: string) => boolean
  /**
   * Draws a page with what it reads first.
   * @returns null when it is one that the browser has to draw: too large, or without data
   * @throws the first error of drawing
   */
  drawPage: (request: PageRequest) => Promise<DrawnPage | null>
}
