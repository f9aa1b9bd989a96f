import { spawn } from "node:child_process"
import { tmpdir } from "node:os"

/** The bundled server as a process. */
export interface ServerProcess {
  port: number
  log: () => string
  /** Sends a signal. SIGSTOP and SIGCONT stop it and let it go on. */
  signal: (signal: NodeJS.Signals) => void
  gone: Promise<void>
}

/** Starts one on a free port. Resolves when it listens; rejects with its output when it ends before. */
export function startServerProcess(
  main: string,
  environment: Readonly<Record<string, string>>,
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [main], {
    // Where no .env lies.
    cwd: tmpdir(),
    env: { PATH: process.env["PATH"], ...environment, PORT: "0" },
  })
  let log = ""
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()))
  return new Promise((resolve, reject) => {
    void gone.then(() => reject(new Error(log)))
    for (const pipe of [child.stdout, child.stderr])
      pipe.on("data", (part) => {
        log += String(part)
        const port = /"port":(\d+)[^\n]*"msg":"Listening"/.exec(log)?.[1]
        if (port === undefined) return
        resolve({ port: Number(port), log: () => log, signal: (signal) => child.kill(signal), gone })
      })
  })
}
