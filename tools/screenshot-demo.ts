import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { sandboxes } from "@peering-desk/atlas-simulator/sandboxes"
import { findFreePort } from "@peering-desk/test-support/programs"
import type { Browser, BrowserContext } from "@playwright/test"

export interface SimulatedConnection {
  id: string
  projectId: string
  providerName: string
  status: string
}

const stageIds = new Set<string>(Object.values(sandboxes).map(({ projectId }) => projectId)).add(
  sandboxes.hub.peered.projectId,
)

interface SimulatedProject {
  id: string
  peers: { id: string; providerName: string; status: string }[]
  containers: { providerName: string }[]
}

/** A running demo, and what its simulated Atlas holds. */
export interface ScreenshotDemo {
  url: string
  simulatorUrl: string
  /** The project with connections in the most states. */
  fullProject: string
  /** A project with containers of several clouds and no connection. */
  emptyProject: string
  /** A project without a container. */
  bareProject: string
  /** One connection of each cloud and status. */
  connections: SimulatedConnection[]
  stop: () => Promise<void>
}

/** Opens a browser without cookies, and signs a person in unless it is null. */
export async function openDemoContext(
  browser: Browser,
  url: string,
  person: string | null,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 1000 },
    reducedMotion: "reduce",
    timezoneId: "UTC",
    locale: "en-GB",
  })
  context.setDefaultTimeout(15_000)
  // A picture of a whole page is taller than its window, and the bar of the demo would cover its middle.
  await context.route("**/demo/director.*", (route) => route.abort())
  if (person === null) return context
  const page = await context.newPage()
  await page.goto(`${url}/sign-in?return=/`)
  await page.getByRole("button", { name: person }).click()
  await page.waitForURL(`${url}/**`)
  await page.close()
  return context
}

/** Starts the demo with new data in a folder for temporary files, on ports that are free. */
export async function startScreenshotDemo(): Promise<ScreenshotDemo> {
  const folder = mkdtempSync(join(tmpdir(), "peering-desk-screenshots-"))
  const [port, simulatorPort, identityPort, awsPort] = [
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
    await findFreePort(),
  ]
  const demo = spawn("tsx", ["tools/demo.ts"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      PORT: String(port),
      SIMULATOR_PORT: String(simulatorPort),
      IDENTITY_PORT: String(identityPort),
      AWS_PORT: String(awsPort),
      DEMO_DATA_DIR: folder,
    },
  })
  const stop = async () => {
    if (demo.exitCode === null) {
      demo.kill("SIGTERM")
      await once(demo, "exit")
    }
    rmSync(folder, { recursive: true, force: true })
  }
  const isUp = await new Promise<boolean>((resolve) => {
    demo.stdout.on("data", (text: Buffer) => {
      process.stdout.write(text)
      if (text.toString().includes("Sign in as")) resolve(true)
    })
    demo.once("exit", () => resolve(false))
  })
  if (!isUp) {
    await stop()
    throw new Error("The demo did not start")
  }
  const simulatorUrl = `http://127.0.0.1:${simulatorPort}`
  const answer = await fetch(`${simulatorUrl}/simulator/state`)
  const { projects } = (await answer.json()) as { projects: SimulatedProject[] }
  return { url: `http://127.0.0.1:${port}`, simulatorUrl, stop, ...chooseExamples(projects) }
}

/** The projects of the scenes are left to the scenes. */
function chooseExamples(all: SimulatedProject[]) {
  const projects = all.filter(({ id }) => !stageIds.has(id))
  const countStates = ({ peers }: SimulatedProject) => new Set(peers.map(toKind)).size
  const full = projects.toSorted((one, other) => countStates(other) - countStates(one))[0]
  const empty = projects.find(({ peers, containers }) => peers.length === 0 && containers.length > 1)
  const bare = projects.find(({ peers, containers }) => peers.length === 0 && containers.length === 0)
  const ofEachKind = new Map(
    projects.flatMap(({ id: projectId, peers }) =>
      peers.map(
        ({ id, providerName, status }) =>
          [toKind({ providerName, status }), { id, projectId, providerName, status }] as const,
      ),
    ),
  )
  return {
    fullProject: full?.id ?? "",
    emptyProject: empty?.id ?? "",
    bareProject: bare?.id ?? "",
    connections: [...ofEachKind.values()],
  }
}

function toKind({ providerName, status }: { providerName: string; status: string }): string {
  return `${providerName} ${status}`
}
