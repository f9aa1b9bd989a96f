import { spawn, type ChildProcess } from "node:child_process"
import { randomInt } from "node:crypto"
import { once } from "node:events"
import { createServer } from "node:net"
import { tmpdir } from "node:os"

/** A program as a process. It ends with this process at the latest. */
export interface StartedProgram {
  child: ChildProcess
  /** Everything that it wrote so far. */
  log: () => string
  /** Sends a signal. SIGSTOP and SIGCONT stop it and let it go on. */
  signal: (signal: NodeJS.Signals) => void
  gone: Promise<void>
  /** Ends it by a signal, SIGTERM unless another is named. */
  stop: (signal?: NodeJS.Signals) => Promise<void>
}

/** Starts a program with this environment and our PATH alone. */
export function startProgram(
  program: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string,
): StartedProgram {
  const child = spawn(program, args, {
    cwd,
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    stdio: ["pipe", "pipe", "pipe"],
  })
  const endWithUs = () => child.kill()
  process.once("exit", endWithUs)
  let log = ""
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (part: Buffer) => (log += part.toString()))
  const gone = new Promise<void>((resolve) => {
    child.once("close", resolve).once("error", (error) => {
      log += String(error)
      resolve()
    })
  })
  void gone.then(() => process.removeListener("exit", endWithUs))
  return {
    child,
    log: () => log,
    signal: (signal) => child.kill(signal),
    gone,
    async stop(signal = "SIGTERM") {
      child.kill(signal)
      await gone
    },
  }
}

const askEveryMs = 5
const patienceMs = 30_000

/**
 * Waits until something is so.
 * @throws Error with what the program wrote, when it ends before, or after half a minute
 */
export async function waitForProgram(
  { gone, log }: StartedProgram,
  isSo: () => boolean | Promise<boolean>,
): Promise<void> {
  let hasEnded = false
  void gone.then(() => (hasEnded = true))
  for (const from = performance.now(); performance.now() - from < patienceMs;) {
    if (await isSo()) return
    if (hasEnded) throw new Error(log().slice(-5_000))
    await new Promise((resolve) => setTimeout(resolve, askEveryMs))
  }
  throw new Error(`It is not ready after ${patienceMs / 1_000} s. It wrote: ${log().slice(-5_000)}`)
}

/** The bundled server as a process. */
export interface ServerProcess extends StartedProgram {
  port: number
}

/**
 * Starts one on a free port. Resolves when it listens; rejects with its output when it ends before.
 * @param folder where it runs, without a .env
 * @param answersAt a path that must answer well too
 */
export async function startServerProcess(
  main: string,
  environment: Readonly<Record<string, string>>,
  { folder = tmpdir(), answersAt }: { folder?: string; answersAt?: string } = {},
): Promise<ServerProcess> {
  const started = startProgram(process.execPath, [main], { ...environment, PORT: "0" }, folder)
  const readPort = () => Number(/"port":(\d+)[^\n]*"msg":"Listening"/.exec(started.log())?.[1] ?? 0)
  await waitForProgram(
    started,
    async () =>
      readPort() > 0 &&
      (answersAt === undefined || (await answers(`http://127.0.0.1:${readPort()}${answersAt}`))),
  )
  return { ...started, port: readPort() }
}

/** Returns whether an address answers well. */
export async function answers(url: string): Promise<boolean> {
  return await fetch(url).then(
    async (answer) => {
      await answer.text()
      return answer.ok
    },
    () => false,
  )
}

/** Finds a free port for a program that starts later, outside the range that the system takes ports for outgoing calls from. */
export async function findFreePort(): Promise<number> {
  const port = randomInt(20_000, 32_000)
  const server = createServer().listen(port, "127.0.0.1")
  try {
    await once(server, "listening")
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return await findFreePort()
    throw error
  }
  await new Promise((resolve) => server.close(resolve))
  return port
}
