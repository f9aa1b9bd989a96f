import type { QueryClient } from "@tanstack/react-query"
import { clearFaults, controlSimulator } from "#api/demo.ts"
import { inventoryQuery } from "#api/peerings/inventory.ts"
import { peeringsQuery } from "#api/peerings/peering-list.ts"
import { readBlastRadius } from "#api/peerings/change-peering.ts"
import { makeHandOff } from "#api/peerings/hand-off-links.ts"
import { pollNow } from "#api/peerings/peerings.ts"
import { requestAgain } from "#api/peerings/request-again.ts"
import { toLinkQuery } from "#shared/connection-link.ts"
import { pagePaths } from "#shared/page-paths.ts"
import { buildNetwork } from "./network.ts"
import { isFormOf, pressButton, pressInForm, until, type PageButton } from "./page-buttons.ts"
import { findAnyPeering, findCreate, findEntry, findPeering, getNetworkId } from "./page-state.ts"
import type { Network, Run } from "./run.ts"
import type { Act, FaultName, Scene, Step } from "./scene.ts"

/** Days run at most so many times faster than their scene says: polls could not follow. */
const fastestDays = 4
const reason = "Orders service reads the ledger (NET-1311)"
const handOffHours = 24
/** Seconds for which the simulated Atlas asks for a pause. */
const pauseSeconds = 15

/** A scene's parts of the application. */
export interface Stage {
  client: QueryClient
  navigate: (path: string) => void
  /** Tells if this person may request connections in a project. */
  mayRequest: (projectId: string) => boolean
}

/** Finds a network for a scene, and reads the list that its connection will be in. Throws in words for the person when there is none. */
export async function findNetwork(
  { client, mayRequest }: Stage,
  scene: Scene,
  key: string,
): Promise<Network> {
  const network = buildNetwork(scene, await client.fetchQuery(inventoryQuery()), key)
  if (network === null) throw new Error("Scenes play in payments-prod, which you may not see.")
  if (!mayRequest(network.projectId))
    throw new Error("Your role can't create connections. Sign in as Olivia or Nadia.")
  await client.ensureQueryData(peeringsQuery(network.projectId))
  return network
}

/** Polls Atlas for the scene's cloud. */
export async function pollScene({ client }: Stage, run: Run): Promise<void> {
  const peering = findAnyPeering(client, run)
  if (peering !== undefined) await pollNow(client, run.projectId, peering.id)
}

/** Sets how many times as fast as the real clock the simulated one runs. */
export async function setClock(speed: number): Promise<void> {
  await controlSimulator({ to: "/clock", body: { speed } })
}

/**
 * Does an act. Done again after a reload, it requests nothing twice.
 * @returns what it changes in the run
 */
export async function perform(stage: Stage, run: Run, act: Act): Promise<Partial<Run>> {
  const { client } = stage
  const peering = findPeering(client, run)
  switch (act.kind) {
    case "press":
      if (act.button === "verify") await pressButton("verify")
      else if (peering === undefined) await actInForm(stage, run, act.button)
      return {}
    case "request-again": {
      if (peering === undefined) return {}
      const { confirmBy } = await readBlastRadius(peering.projectId, peering.id)
      await requestAgain(client, peering, { reason, name: confirmBy }, run.againKey)
      return {}
    }
    case "share": {
      if (peering === undefined || run.ownerUrl !== null) return {}
      const { url } = await makeHandOff(client, peering.projectId, peering.id, {
        expiresInHours: handOffHours,
      })
      return { ownerUrl: url }
    }
    case "owner":
      if (peering === undefined) return {}
      await controlSimulator({ to: "/cloud-side", body: { peerId: peering.id, act: act.act } })
      await pollScene(stage, run)
      return {}
    case "azure-role":
      await setAzureRole(run, act.isAssigned)
      return {}
    case "faults":
      await clearFaults()
      if (act.faults !== null) await controlSimulator({ to: "/faults", body: toFault(run, act.faults) })
      return {}
    case "days":
      await setClock(((act.days * 24 * 60 * 60) / act.seconds) * Math.min(run.speed, fastestDays))
      return {}
  }
}

/** Presses a button of the form, filled in with the scene's network, and waits for what comes of it. */
async function actInForm(stage: Stage, run: Run, button: PageButton): Promise<void> {
  const { client } = stage
  if (!isFormOf(run.request)) {
    stage.navigate(toFormPath(run))
    await until(() => isFormOf(run.request), "The form could not be filled in.")
  }
  if (button === "apply-fix") return await pressButton(button)
  const before = findCreate(client, run)?.submittedAt
  const isSent = () => findCreate(client, run)?.submittedAt !== before
  await pressInForm(button, isSent, "The form was not sent. It says why.")
  await until(() => findCreate(client, run)?.isPending !== true, "There was no answer yet.")
  // A reload left the same request on its way.
  if (findCreate(client, run)?.ended === "still_running") await actInForm(stage, run, "check-again")
}

async function setAzureRole({ request }: Run, isAssigned: boolean): Promise<void> {
  if (request.providerName !== "AZURE") return
  const { containerId: _, ...network } = request
  await controlSimulator({ to: "/azure-role", body: { network, isAssigned } })
}

/** Builds the fault for the scene's cloud and project only. */
function toFault({ projectId, request: { providerName } }: Run, name: FaultName) {
  const list = { method: "GET", path: `/groups/${projectId}/peers?providerName=${providerName}` }
  if (name === "rate-limit") return { match: list, fault: { retryAfter: pauseSeconds } }
  return {
    match: { method: "POST", path: `/groups/${projectId}/peers` },
    fault: { cut: "after" as const },
    times: 1,
    next: { match: list, fault: { cut: "before" as const } },
  }
}

/** Returns the address of a step's page; null to stay, or for a connection or entry that is not there. */
export function toPath({ client }: Stage, run: Run, goTo: Step["goTo"]): string | null {
  const { projectId } = run
  const peering = findPeering(client, run)
  switch (goTo) {
    case "form":
      return toFormPath(run)
    case "connection":
      return peering === undefined ? null : pagePaths.connection(projectId, peering.id)
    case "activity":
      return peering === undefined ? null : pagePaths.connectionActivity(projectId, peering.id)
    case "connections":
      return pagePaths.connections(projectId)
    case "audit":
      return `${pagePaths.audit()}?${new URLSearchParams({ text: getNetworkId(run) }).toString()}`
    case "audit-entry": {
      const entry = findEntry(client, run)
      return entry === undefined ? null : pagePaths.auditRow(entry.sequence)
    }
    case undefined:
      return null
  }
}

function toFormPath({ projectId, request, networkBlocks }: Run): string {
  const { providerName } = request
  return `${pagePaths.newConnection(projectId)}?${toLinkQuery({ providerName, request, networkBlocks })}`
}
