import type { StreamEvent } from "@peering-desk/shared-schemas"
import { act, render, waitFor } from "@testing-library/react"
import { userEvent } from "@testing-library/user-event"
import { createLiveUpdates, type LiveUpdates } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { noteSignedIn } from "#api/session-marks.ts"
import { FakeBrowser } from "#api/stream/testing-browser.ts"
import { App } from "#app/App.tsx"
import { afterAll, afterEach, beforeAll, beforeEach, vi } from "vitest"
import { mockBff } from "./mock-bff.ts"
import { now } from "./samples.ts"

const opened: LiveUpdates[] = []

/** Starts the mock server at 10:07 and cleans up after each test. Call it once in a test file. */
export function useMockBff(): void {
  beforeAll(() => mockBff.listen({ onUnhandledRequest: "error" }))
  // The date is fixed; timers run.
  beforeEach(() => vi.useFakeTimers({ toFake: ["Date"], now: new Date(now) }))
  afterEach(() => {
    for (const live of opened.splice(0)) live.close()
    mockBff.resetHandlers()
    localStorage.clear()
    sessionStorage.clear()
    vi.useRealTimers()
  })
  afterAll(() => mockBff.close())
}

/** Opens the application at an address, in a browser that was used before. The test is the other end of its event stream. */
export function openApp(path: string, { isFirstVisit = false } = {}) {
  history.replaceState(null, "", path)
  noteSignedIn(!isFirstVisit)
  const browser = new FakeBrowser()
  const queryClient = createQueryClient()
  const { queries, ...others } = queryClient.getDefaultOptions()
  queryClient.setDefaultOptions({ ...others, queries: { ...queries, retryDelay: 0 } })
  const live = createLiveUpdates(queryClient, browser.tab())
  opened.push(live)
  render(<App queryClient={queryClient} live={live} />)

  const stream = () => {
    const [source] = browser.openSources
    if (source === undefined) throw new Error("No stream is open")
    return source
  }
  return {
    user: userEvent.setup(),
    browser,
    queryClient,
    openStream: async () => {
      await waitFor(stream)
      act(() => stream().open())
    },
    cutStream: (how?: { refused: boolean }) => act(() => stream().cut(how)),
    signOutStream: () => act(() => stream().signOut()),
    /** Returns to this browser tab from another one. */
    comeBack: () =>
      act(() => {
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }))
      }),
    send: (event: StreamEvent) => act(() => stream().send(event)),
  }
}
