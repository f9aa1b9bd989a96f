import { apiUrls } from "@peering-desk/shared-schemas"
import { startTransition, StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { createLiveUpdates, readBrowserParts } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { noteSignedIn } from "#api/session-marks.ts"
import { onSimulatedTime } from "#api/simulated-time.ts"
import { isReadStarted } from "#api/started-reads.ts"
import { App } from "#app/App.tsx"
import { setClockAhead } from "#ui/time/now.ts"

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no #root")

onSimulatedTime(setClockAhead)
// The server starts it when it saw a session.
if (isReadStarted(apiUrls.session())) noteSignedIn(true)
const queryClient = createQueryClient()
const live = createLiveUpdates(queryClient, readBrowserParts())

// As a transition it is drawn in small portions, between which the browser can answer.
startTransition(() => {
  createRoot(root).render(
    <StrictMode>
      <App queryClient={queryClient} live={live} />
    </StrictMode>,
  )
})
