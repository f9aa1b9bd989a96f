import { rows } from "./lab/chaos/rows.ts"
import { runLaboratory } from "./lab/run.ts"

await runLaboratory({
  name: "chaos",
  does: `Breaks connections, processes, disks and clocks around the built server, and measures the effect.
Build first: pnpm build.`,
  reads: ["seed", "minutes", "steps"],
  areas: rows,
  page: "docs/reliability.md",
  head: `# Reliability

\`pnpm chaos\` writes this page: the built server as separate processes, PostgreSQL, and proxies that break connections
(\`apps/bff/test/support/fault-proxy.ts\`). Each row shows its last run. A goal that was missed stays here as a miss. The seed of a run
draws the same faults again; their moments still differ from run to run.

The other side is the simulator and the demo identity provider, not Atlas. So this page says how the server behaves under faults, and
nothing of how often Atlas has them, how it answers while it has them, or whether its lists show a new connection at once. Two faults
were never met: a database server in another data centre, and a network that loses single packets.
`,
})
