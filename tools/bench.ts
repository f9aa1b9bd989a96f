import { areas } from "./lab/bench/areas.ts"
import { runLaboratory } from "./lab/run.ts"

await runLaboratory({
  name: "bench",
  does: "Measures what the product promises, each figure beside a peer's in the same run. Build first: pnpm build.",
  reads: [],
  areas,
  page: "docs/performance.md",
  head: `# Performance

\`pnpm bench\` writes this page. Each figure is beside that of a peer, measured in the same run, in turn with ours, so read
the ratios: the times are those of one machine on one day. Each area shows its last run.
`,
})
