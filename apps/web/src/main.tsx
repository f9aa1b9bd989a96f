import { startTransition, StrictMode } from "react"
import { createRoot, hydrateRoot } from "react-dom/client"
import { browserCookies } from "@peering-desk/shared-schemas"
import { createLiveUpdates, readBrowserParts } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { sessionQuery } from "#api/session.ts"
import { noteSignedIn } from "#api/session-marks.ts"
import { noteServerTime, onSimulatedTime } from "#api/simulated-time.ts"
import { App } from "#app/App.tsx"
import { repeatEarlyEvents } from "#first-screen/early-events.ts"
import { takePageData, type PageData } from "#first-screen/page-data.ts"
import { pagePatterns } from "#shared/page-paths.ts"
import { reportDrawnAgain } from "#ui/drawn-again.ts"
import { setFirstRender } from "#ui/first-render.ts"
import { beginClockAt, setClockAhead } from "#ui/time/now.ts"

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no #root")

onSimulatedTime(setClockAhead)
const queryClient = createQueryClient()
const live = createLiveUpdates(queryClient, readBrowserParts())
const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
// The owner of a network, behind a share link, keeps no cookie.
const isHandOff = location.pathname === pagePatterns.handOff
if (!isHandOff)
  document.cookie = `${browserCookies.timeZone}=${encodeURIComponent(timeZone)}; path=/; max-age=31536000; samesite=lax`

const text = document.getElementById("page-data")?.textContent
if (text === undefined) draw(root)
// Scripts of parts wait until this one has run.
else void takeOver(root, JSON.parse(text) as PageData)

/** Draws the page. As a transition it is drawn in small portions, between which the browser can answer. */
function draw(place: HTMLElement, onPage?: () => void): void {
  startTransition(() => createRoot(place).render(toApp(onPage)))
}

function toApp(onPage?: () => void) {
  return (
    <StrictMode>
      <App queryClient={queryClient} live={live} {...(onPage && { onPage })} />
    </StrictMode>
  )
}

/** Goes on with a page that the server drew. */
async function takeOver(place: HTMLElement, data: PageData): Promise<void> {
  const { first, isSimulated } = data
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[]
  const drawnAt = navigation?.responseStart ?? 0
  takePageData(queryClient, data, performance.timeOrigin + drawnAt)
  if (typeof queryClient.getQueryData(sessionQuery().queryKey) === "object") noteSignedIn(true)
  noteServerTime(first.now + performance.now() - drawnAt, isSimulated)
  // React leaves a part alone until its script is there. What a press shows needs more rules than the first screen.
  await globalThis.earlyEvents?.loaded.catch(() => {})
  await Promise.all(
    [...document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]')].map(waitForSheet),
  )
  document.querySelectorAll<HTMLElement>("[data-style]").forEach(setStyle)
  // All its rules are in the sheet too.
  document.querySelector("style")?.remove()
  const onPage = () => void repeatEarlyEvents()
  // A page that fails never says that it is there.
  setTimeout(onPage, 5_000)
  if (first.timeZone !== timeZone && !isHandOff) {
    // The person travelled, or the server did not know the zone: the times are drawn again.
    draw(place, onPage)
    return
  }
  setFirstRender(() => ({ ...first, timeZone }))
  beginClockAt(first.now)
  startTransition(() => {
    hydrateRoot(place, toApp(onPage), { onRecoverableError: reportDrawnAgain })
  })
}

/** The policy refuses the attribute in a document, and allows a script to set it. */
function setStyle(element: HTMLElement): void {
  element.style.cssText = element.dataset["style"] ?? ""
  delete element.dataset["style"]
}

function waitForSheet(link: HTMLLinkElement): Promise<void> {
  return new Promise((resolve) => {
    if (link.sheet !== null) resolve()
    else for (const type of ["load", "error"]) link.addEventListener(type, () => resolve(), { once: true })
  })
}
