import { areas } from "./lab/bench/areas.ts"
import { describeRuntimes } from "./lab/bench/runtimes.ts"
import { runLaboratory } from "./lab/run.ts"

await runLaboratory({
  name: "bench",
  does: "Measures what the product promises, on the image's Node (BENCH_NODE names one). Build first: pnpm build.",
  reads: [],
  areas,
  isOneRun: true,
  describeNode: describeRuntimes,
  page: "docs/performance.md",
  head: `# Performance

\`pnpm bench\` writes this page, in one run of all areas. Where somebody else does the same, a figure is beside that of this peer, measured
in turn with ours, so read the ratios: the times are those of one machine on one day.
`,
})
