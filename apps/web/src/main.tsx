import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { createLiveUpdates, readBrowserParts } from "#api/peerings/live-updates.ts"
import { createQueryClient } from "#api/query-client.ts"
import { App } from "#app/App.tsx"

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no #root")

const queryClient = createQueryClient()
const live = createLiveUpdates(queryClient, readBrowserParts())

createRoot(root).render(
  <StrictMode>
    <App queryClient={queryClient} live={live} />
  </StrictMode>,
)
