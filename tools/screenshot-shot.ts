import type { Page } from "@playwright/test"

/** One page in one state. */
export interface Shot {
  name: string
  path: string | ((page: Page) => Promise<string>)
  /** Who is signed in, Olivia unless it is said; null for nobody. */
  person?: string | null
  /** Gets cookies of its own, which it may lose. */
  isAlone?: true
  /** Is drawn as printed, too. */
  isPrinted?: true
  /** Draws what shows while answers are awaited. */
  isLoading?: true
  /** Prepares the page before it is opened. */
  before?: (page: Page) => Promise<unknown>
  /** Acts on the opened page until it is in its state. */
  reach?: (page: Page) => Promise<unknown>
  /** The name of the picture in docs/screenshots that shows this state. */
  docs?: string
}

/** Every request of a page for data, besides who is signed in. */
const isOfPage = ({ pathname }: URL) =>
  pathname.startsWith("/api/") && !/^\/api\/(session$|installation|events|projects$)/.test(pathname)

export const neverAnswer = (page: Page) => page.route(isOfPage, () => {})

/** Answers as the server does when Atlas is not reached. */
export const refuse = (page: Page) =>
  page.route(isOfPage, (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      json: {
        type: "about:blank",
        title: "atlas_unreachable",
        status: 503,
        code: "atlas_unreachable",
        requestId: "00000000",
      },
    }),
  )

/** Answers one address with a state that a demo does not come to. */
export const answer = (path: string, json: unknown) => (page: Page) =>
  page.route(
    ({ pathname }) => pathname === path,
    (route) => route.fulfill({ json }),
  )

/** What a page shows while it waits, and when it gets no answer. */
export const listWaitingShots = (name: string, path: string): Shot[] => [
  { name: `${name}-loading`, path, isLoading: true, before: neverAnswer },
  { name: `${name}-error`, path, before: refuse },
]

export const searchForNothing = (page: Page) =>
  page.getByRole("searchbox").first().fill("nothing has this name")

const dayMs = 24 * 60 * 60_000

/** Returns a time some days from now. */
export const inDays = (days: number) => new Date(Date.now() + days * dayMs).toISOString()
