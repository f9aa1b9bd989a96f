import { runProgram, runWell } from "#tools/lab/programs.ts"
import { createNow, openStream, pause, readMetric, secondsUntil } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, none, type Figure } from "#tools/lab/figure.ts"
import { azure, projectId, startAlone } from "./world.ts"

const streams = 10

/** Browsers that vanish without a word: the kernel drops all that goes to them. */
export async function loseReaders(task: Task): Promise<Figure[]> {
  const { atlas, desk, client } = await startAlone(task)
  // The server's answers to its streams, and nothing else, carry this port as their source.
  const port = new URL(desk.origin).port
  const rule = ["OUTPUT", "-o", "lo", "-p", "tcp", "--sport", port, "-j", "DROP"]
  try {
    await createNow(client, projectId, azure, "a-key-before-they-vanish")
    // Those of other requests stay open for a minute after them.
    const others = await countEstablished(port)
    const readers = await Promise.all(Array.from({ length: streams }, () => openStream(client, [projectId])))
    const lists = () => atlas.count("GET", `${projectId}/peers`)
    await runWell("iptables", ["-I", ...rule])
    // Nothing can be asked of the server meanwhile: what it holds is seen in the kernel's table.
    const freed = await secondsUntil(async () => (await countEstablished(port)) <= others, 120, 500)
    await runWell("iptables", ["-D", ...rule])
    const open = await readMetric(client, "peering_desk_open_streams").catch(() => Number.NaN)
    const before = lists()
    await pause(20_000)
    const calls = lists() - before
    for (const reader of readers) reader.close()
    return [
      atMost("until the server let go of all of them", freed, "s", 60),
      none("streams that it still counts", open),
      atMost("calls to Atlas in 20 s after it, for nobody", calls, "", 2),
    ]
  } finally {
    await runProgram("iptables", ["-D", ...rule])
  }
}

async function countEstablished(port: string): Promise<number> {
  const { stdout } = await runProgram("ss", ["-Htn", "state", "established", "sport", "=", `:${port}`])
  return stdout.split("\n").filter((line) => line !== "").length
}
