import { execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

import { describe, expect, it } from "vitest"

import { helpText, parseCommand } from "./command-line.ts"

const run = promisify(execFile)
const main = fileURLToPath(new URL("main.ts", import.meta.url))
const command = ["--import", "tsx", main]

describe("parseCommand", () => {
  it("returns the given options or their defaults", () => {
    expect(parseCommand([])).toEqual({
      kind: "run",
      port: 8081,
      awsPort: 0,
      publicKey: "simowner",
      privateKey: "fa4e0000-0000-4000-8000-000000000001",
      speed: 1,
      pace: 1,
      scenario: null,
      dataFile: null,
    })
    expect(
      parseCommand([
        "--",
        "--port=0",
        "--aws-port=8084",
        "--public-key",
        "pub",
        "--private-key",
        "s:ecret",
        "--speed",
        "60",
        "--pace=6",
        "--scenario",
        "crowded",
        "--data-file=./atlas.json",
      ]),
    ).toEqual({
      kind: "run",
      port: 0,
      awsPort: 8084,
      publicKey: "pub",
      privateKey: "s:ecret",
      speed: 60,
      pace: 6,
      scenario: "crowded",
      dataFile: "./atlas.json",
    })
  })

  it("returns help, which names every option", () => {
    expect(parseCommand(["--help"])).toEqual({ kind: "help" })
    for (const name of [
      "port",
      "aws-port",
      "public-key",
      "private-key",
      "speed",
      "pace",
      "scenario",
      "data-file",
      "help",
    ]) {
      expect(helpText).toContain(`--${name}`)
    }
  })

  it.each([
    [["--port", "http"], /--port must be/],
    [["--port", "65536"], /--port must be/],
    [["--aws-port", "x"], /--aws-port must be/],
    [["--speed", "fast"], /--speed must be/],
    [["--speed="], /--speed must be/],
    [["--pace", "0"], /--pace must be/],
    [["--speed=-1"], /--speed must be/],
    [["--scenario", "none"], /demo, documentation, crowded/],
    [["--public-key", "a:b"], /--public-key must be/],
    [["--private-key="], /--private-key must not/],
    [["--data-file="], /--data-file must/],
    [["--colour"], /--colour/],
    [["stray"], /stray/],
  ])("refuses %j with a sentence", (args, words) => {
    const parsed = parseCommand(args)
    expect(parsed.kind).toBe("refuse")
    expect(parsed.kind === "refuse" && parsed.problem).toMatch(words)
  })
})

describe("the simulator command", () => {
  it("names the port in use and exits with 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1")
    await once(taken, "listening")
    const { port } = taken.address() as AddressInfo
    const failure: unknown = await run(process.execPath, [...command, "--port", String(port)]).catch(
      (error: unknown) => error,
    )
    taken.close()
    expect(failure).toMatchObject({
      code: 1,
      stderr: `simulator: port ${port} is in use; choose another with --port\n`,
    })
  })

  it("answers after its first line, and exits with 0 on SIGTERM", async () => {
    const child = spawn(process.execPath, [...command, "--port", "0", "--scenario", "documentation"], {
      stdio: ["ignore", "pipe", "inherit"],
    })
    const [line]: unknown[] = await once(createInterface(child.stdout), "line")
    const origin = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(line))?.[1]
    expect((await fetch(`${origin}/simulator/state`)).status).toBe(200)
    child.kill("SIGTERM")
    expect(await once(child, "exit")).toEqual([0, null])
  })
})
