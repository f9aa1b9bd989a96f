import { join } from "node:path"
import { runProgram } from "#tools/lab/programs.ts"
import { createNow, openStream, readMetric, secondsUntil, signInAt } from "./client.ts"
import type { Task } from "#tools/lab/area.ts"
import { atMost, none, type Figure } from "#tools/lab/figure.ts"
import { azure, projectId, startAtlas, startServer } from "./world.ts"

const streams = 10

/** Browsers that vanish without a word: the kernel drops all that goes to them. */
export async function loseReaders({ work }: Task): Promise<Figure[]> {
  const atlas = await startAtlas()
  const desk = await startServer(join(work, "server"), atlas, atlas.origin)
  // The server's answers to its streams, and nothing else, carry this port as their source.
  const port = new URL(desk.origin).port
  const rule = ["OUTPUT", "-o", "lo", "-p", "tcp", "--sport", port, "-j", "DROP"]
  const iptables = async (flag: "-I" | "-D") => {
    const { code, stderr } = await runProgram("iptables", [flag, ...rule])
    if (code !== 0) throw new Error(`iptables: ${stderr}`)
  }
  try {
    const client = await signInAt(desk)
    await createNow(client, projectId, azure, "a-key-before-they-vanish")
    // Those of other requests stay open for a minute after them.
    const others = await countEstablished(port)
    const readers = await Promise.all(Array.from({ length: streams }, () => openStream(client, [projectId])))
    const lists = () => atlas.count("GET", `${projectId}/peers`)
    await iptables("-I")
    // Nothing can be asked of the server meanwhile: what it holds is seen in the kernel's table.
    const freed = await secondsUntil(async () => (await countEstablished(port)) <= others, 120, 500)
    await iptables("-D")
    const open = await readMetric(client, "peering_desk_open_streams").catch(() => Number.NaN)
    const before = lists()
    await secondsUntil(() => false, 20, 1_000)
    const calls = lists() - before
    for (const reader of readers) reader.close()
    return [
      atMost("until the server let go of all of them", freed, "s", 60),
      none("streams that it still counts", open),
      atMost("calls to Atlas in 20 s after it, for nobody", calls, "", 2),
    ]
  } finally {
    await runProgram("iptables", ["-D", ...rule])
    await desk.stop("SIGKILL")
    await atlas.simulator.close()
  }
}

async function countEstablished(port: string): Promise<number> {
  const { stdout } = await runProgram("ss", ["-Htn", "state", "established", "sport", "=", `:${port}`])
  return stdout.split("\n").filter((line) => line !== "").length
}
