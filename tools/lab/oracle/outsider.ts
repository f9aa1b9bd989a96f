import { demoServiceAccount, type CloudSideAct } from "@peering-desk/atlas-simulator"
import type { ProviderName } from "@peering-desk/shared-schemas"
import { toRequest } from "#bff/test/support/chaos-creates.ts"
import { walkedProjects, type RecordedAtlas } from "./atlas-record.ts"

/** Somebody who changes the same projects without our server: at Atlas, or in the network's own cloud. */
export interface Outsider {
  /** Adds a container of each cloud where a walked project has none. */
  completeContainers: () => Promise<void>
  create: (projectId: string, providerName: ProviderName, number: number) => Promise<void>
  remove: (projectId: string, peeringId: string) => Promise<void>
  /** Plays the network's owner; false when that makes no sense for the connection now. */
  actInCloud: (peeringId: string, act: CloudSideAct) => void
  /** Lets simulated time pass. */
  pass: (seconds: number) => void
}

/** Signs in with a service account on v2, which our server does not use. */
export async function openOutsider(
  atlas: Pick<RecordedAtlas, "origin" | "simulator" | "act">,
): Promise<Outsider> {
  const { clientId, clientSecret } = demoServiceAccount
  const answer = await fetch(`${atlas.origin}/api/oauth/token`, {
    method: "POST",
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
      "content-type": "application/x-www-form-urlencoded",
    },
    body: "grant_type=client_credentials",
  })
  const { access_token: token } = (await answer.json()) as { access_token: string }
  const send = async (method: string, path: string, body?: object) => {
    const sent = await fetch(`${atlas.origin}/api/atlas/v2/groups/${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/vnd.atlas.2023-01-01+json",
        ...(body !== undefined && { "content-type": "application/vnd.atlas.2023-01-01+json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return { status: sent.status, text: await sent.text() }
  }
  const findContainer = (projectId: string, providerName: ProviderName) =>
    listContainers(atlas, projectId).find((one) => one.providerName === providerName)

  return {
    async completeContainers() {
      for (const [index, projectId] of walkedProjects.entries())
        for (const container of toContainers(index)) {
          if (findContainer(projectId, container.providerName) !== undefined) continue
          const { status, text } = await send("POST", `${projectId}/containers`, container)
          if (status !== 200 && status !== 201) throw new Error(`no container: ${status} ${text}`)
        }
    },
    async create(projectId, providerName, number) {
      const container = findContainer(projectId, providerName)
      if (container !== undefined)
        await send("POST", `${projectId}/peers`, toRequest(container.id, providerName, number))
    },
    async remove(projectId, peeringId) {
      await send("DELETE", `${projectId}/peers/${peeringId}`)
    },
    actInCloud(peeringId, act) {
      atlas.act(() => {
        try {
          atlas.simulator.cloudSide(peeringId, act)
        } catch (error) {
          if (!(error instanceof RangeError)) throw error
        }
      })
    },
    pass: (seconds) => atlas.act(() => atlas.simulator.advance(seconds)),
  }
}

export function listContainers({ simulator }: Pick<RecordedAtlas, "simulator">, projectId: string) {
  return simulator.state().projects.find(({ id }) => id === projectId)?.containers ?? []
}

const toContainers = (index: number) =>
  [
    { providerName: "AWS", regionName: "US_EAST_1", atlasCidrBlock: `10.${200 + index}.0.0/21` },
    { providerName: "GCP", atlasCidrBlock: `10.${210 + index}.0.0/18` },
    { providerName: "AZURE", region: "US_EAST_2", atlasCidrBlock: `10.${220 + index}.0.0/21` },
  ] as const
