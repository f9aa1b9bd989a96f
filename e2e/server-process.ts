import { spawn } from "node:child_process"
import { once } from "node:events"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../apps/bff/dist/main.js", import.meta.url))
const patienceMs = 60_000

/** The built server in a separate process, on a port that it chose itself. */
export interface ServerProcess {
  port: number
  stop: () => Promise<void>
}

/**
 * Starts the server and resolves when it is ready.
 * @param onOutput gets everything the server writes
 * @throws Error with what the server wrote, when it ends or does not become ready; no process is left then
 */
export async function startServer(
  environment: Record<string, string>,
  directory: string,
  onOutput: (text: string) => void,
): Promise<ServerProcess> {
  if (!existsSync(main)) throw new Error("The product is not built: run pnpm build first")
  const child = spawn(process.execPath, [main], {
    // A folder without a .env.
    cwd: directory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"], ...environment, PORT: "0" },
  })
  const ended = once(child, "close")
  const stop = async () => {
    child.kill("SIGINT")
    const giveUp = setTimeout(() => child.kill("SIGKILL"), patienceMs)
    await ended
    clearTimeout(giveUp)
  }
  let written = ""
  for (const pipe of [child.stdout, child.stderr]) {
    pipe.setEncoding("utf8")
    pipe.on("data", (text: string) => {
      written += text
      onOutput(text)
    })
  }
  const deadline = Date.now() + patienceMs
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const port = Number(/"port":(\d+)[^\n]*"msg":"Listening"/.exec(written)?.[1] ?? 0)
    if (port > 0 && (await isReady(port))) return { port, stop }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  await stop()
  throw new Error(`The server did not become ready. It wrote:\n${written.slice(-5_000)}`)
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
  await answer?.text()
  return answer?.ok === true
}
