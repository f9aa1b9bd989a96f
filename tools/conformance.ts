import { areas, outside } from "./lab/conformance/areas.ts"
import { runLaboratory } from "./lab/run.ts"

await runLaboratory({
  name: "conformance",
  does: "Runs commands, exports and readers against the real tools they are for.",
  reads: [],
  areas,
  page: ".conformance/report.md",
  head: "# Conformance report\n",
  foot: outside,
})
