import type { Task } from "#tools/lab/area.ts"
import { readPortTry, toRunbook } from "@peering-desk/peering-rules"
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { check, expectThat, type Figure } from "#tools/lab/figure.ts"
import { startProgram, waitForProgram } from "@peering-desk/test-support/programs"
import { findPrograms, runProgram } from "#tools/lab/programs.ts"
import { toConnections } from "./subjects.ts"

/** An address of this machine without a reverse name, as Atlas's private ones are. */
const host = "127.0.0.7"

const kinds = ["nc.openbsd", "nc.traditional", "ncat", "busybox"] as const

/** The reading that each state of a port must give. */
const expected = {
  open: "The port answers",
  closed: "not on this port",
  silent: "timed out",
  "no name": "couldn't be resolved",
  "no route": "no route to that address",
} as const

/** Runs the step's own nc command with each nc, and telnet, against ports in each state. */
export async function checkPortReader({ work, keep }: Task): Promise<Figure[]> {
  const file = join(work, "ports.json")
  const program = fileURLToPath(new URL("ports.py", import.meta.url))
  const server = keep(startProgram("/usr/bin/python3", [program, host, file], {}, work))
  await waitForProgram(server, () => existsSync(file) && readFileSync(file, "utf8").endsWith("}"))
  const ports = JSON.parse(readFileSync(file, "utf8")) as Record<"open" | "closed" | "silent", number>
  const command = getNcCommand()
  const findings: Figure[] = []
  for (const kind of kinds) {
    const [path] = findPrograms(kind)
    for (const [state, says] of Object.entries(expected) as [keyof typeof expected, string][]) {
      const isBusyBox = kind === "busybox"
      // BusyBox's nc prints its usage for every port; its telnet waits minutes for a silent one.
      if (isBusyBox && state === "silent") continue
      findings.push(
        await check(`${isBusyBox ? "BusyBox telnet" : kind}, ${state}`, async () => {
          expectThat(path !== undefined, `${kind} is not on this machine`)
          const bin = join(work, kind)
          if (!existsSync(bin)) {
            mkdirSync(bin)
            for (const name of ["nc", "telnet"]) symlinkSync(path, join(bin, name))
          }
          const port = String(state === "closed" || state === "silent" ? ports[state] : ports.open)
          const text = isBusyBox ? 'telnet "$CLUSTER_HOST" 27017' : command
          const line = text.replace("27017", port)
          const args =
            state === "no route" ? ["unshare", "-n", "/bin/sh", "-c", line] : ["/bin/sh", "-c", line]
          const target = state === "no name" ? "nosuch.invalid" : state === "no route" ? "10.8.0.5" : host
          const { screen } = await runProgram("/usr/bin/env", args, {
            env: { CLUSTER_HOST: target, PATH: `${bin}:/usr/bin:/bin` },
            timeoutMs: 20_000,
          })
          const reading = readPortTry(screen)
          expectThat(reading.says.includes(says), `it says “${reading.says}” of\n${screen}`)
        }),
      )
    }
  }
  findings.push(
    await check("BusyBox nc, which knows neither -v nor -z", async () => {
      const { screen } = await runProgram(join(work, "busybox", "nc"), [
        "-vz",
        "-w",
        "5",
        host,
        String(ports.open),
      ])
      const reading = readPortTry(screen)
      expectThat(reading.next?.includes("telnet") === true, `it says “${reading.says}” of\n${screen}`)
    }),
  )
  return findings
}

function getNcCommand(): string {
  const [[peer, container] = []] = toConnections("plain")
  expectThat(peer !== undefined && container !== undefined, "there is no connection to test with")
  const texts = toRunbook(peer, container).flatMap(({ instructions }) => instructions.map(({ text }) => text))
  const line = texts.flatMap((text) => text.split("\n")).find((text) => text.startsWith("nc "))
  expectThat(line !== undefined, "no step has an nc command")
  return line
}
