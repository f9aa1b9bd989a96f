import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync, statSync } from "node:fs"
import { createServer } from "node:net"
import type { AddressInfo } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { text } from "node:stream/consumers"
import { createInterface } from "node:readline"
import { fileURLToPath } from "node:url"
import { describe, expect, it } from "vitest"
import { helpText, parseCommand } from "./command-line.ts"

const main = fileURLToPath(new URL("main.ts", import.meta.url))

function start(args: string[], environment: Record<string, string> = {}) {
  return spawn(process.execPath, ["--import", "tsx", main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "", ...environment },
  })
}

describe("parseCommand", () => {
  it("returns the given options or their defaults", () => {
    expect(parseCommand([])).toMatchObject({ kind: "run", port: 8082, keysFile: null })
    expect(
      parseCommand([
        "--",
        "--port=0",
        "--client-id=desk",
        "--client-secret=s",
        "--redirect-uri=http://a.example/cb",
        "--redirect-uri=http://b.example/cb",
        "--post-logout-redirect-uri=http://a.example/",
        "--back-channel-logout-uri=http://a.example/out",
        "--keys-file=keys.json",
      ]),
    ).toEqual({
      kind: "run",
      port: 0,
      client: {
        id: "desk",
        secret: "s",
        redirectUris: ["http://a.example/cb", "http://b.example/cb"],
        postLogoutRedirectUris: ["http://a.example/"],
        backChannelLogoutUri: "http://a.example/out",
      },
      keysFile: "keys.json",
    })
  })

  it("returns help, which names every option", () => {
    expect(parseCommand(["--help"])).toEqual({ kind: "help" })
    const names = ["port", "client-id", "client-secret", "redirect-uri", "post-logout-redirect-uri"]
    for (const name of [...names, "back-channel-logout-uri", "keys-file", "help"]) {
      expect(helpText).toContain(`--${name}`)
    }
  })

  it.each([
    [["--port", "http"], /--port must be/],
    [["--client-secret="], /--client-secret must not/],
    [["--redirect-uri", "javascript:alert(1)"], /--redirect-uri must be/],
    [["--back-channel-logout-uri", "nowhere"], /--back-channel-logout-uri must be/],
    [["--colour"], /--colour/],
    [["stray"], /stray/],
  ])("refuses %j with a sentence", (args, words) => {
    const parsed = parseCommand(args)
    expect(parsed.kind === "refuse" && parsed.problem).toMatch(words)
  })
})

describe("the identity provider command", () => {
  it("does not start in production", async () => {
    const child = start(["--port", "0"], { NODE_ENV: "production" })
    const [words, [code]] = await Promise.all([text(child.stderr), once(child, "exit")])
    expect(code).toBe(1)
    expect(words).toBe(
      "demo identity provider: The demo identity provider asks for no password, so it does not start in production.\n",
    )
  })

  it("names the port in use and exits with 1", async () => {
    const taken = createServer().listen(0, "127.0.0.1")
    await once(taken, "listening")
    const { port } = taken.address() as AddressInfo
    const child = start(["--port", String(port)])
    const [words, [code]] = await Promise.all([text(child.stderr), once(child, "exit")])
    taken.close()
    expect(code).toBe(1)
    expect(words).toBe(`demo identity provider: port ${port} is in use; choose another with --port\n`)
  })

  it("answers after its first line, keeps its keys over a restart, writes no warning, and exits with 0 on SIGTERM", async () => {
    const folder = mkdtempSync(join(tmpdir(), "demo-idp-"))
    const file = join(folder, "data", "keys.json")
    const found: unknown[] = []
    for (const round of [1, 2]) {
      const child = start(["--port", "0", "--keys-file", file])
      const warnings = text(child.stderr)
      const [line]: unknown[] = await once(createInterface(child.stdout), "line")
      const issuer = /^listening on (http:\/\/127\.0\.0\.1:\d+)$/.exec(String(line))?.[1]
      const discovery = await fetch(`${issuer}/.well-known/openid-configuration`)
      expect(await discovery.json()).toMatchObject({ issuer })
      found.push(await (await fetch(`${issuer}/jwks`)).json())
      child.kill("SIGTERM")
      expect([round, await once(child, "exit"), await warnings]).toEqual([round, [0, null], ""])
    }
    expect(found[0]).toEqual(found[1])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    rmSync(folder, { recursive: true })
  })
})
