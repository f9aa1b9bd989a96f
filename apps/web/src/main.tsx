import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { createLiveUpdates, readBrowserParts } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { onSimulatedTime } from "#api/simulated-time.ts"
import { App } from "#app/App.tsx"
import { setClockAhead } from "#ui/time/now.ts"

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no #root")

onSimulatedTime(setClockAhead)
const queryClient = createQueryClient()
const live = createLiveUpdates(queryClient, readBrowserParts())

createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} live={live} />
  </StrictMode>,
)
