import { StrictMode } from "react"
import { createRoot } from "react-dom/client"
import { App } from "#app/App.tsx"
import { createQueryClient } from "#api/query-client.ts"

const root = document.getElementById("root")
if (root === null) throw new Error("index.html has no #root")

createRoot(root).render(
  <StrictMode>
    <App queryClient={createQueryClient()} />
  </StrictMode>,
)
