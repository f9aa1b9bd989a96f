import { seededIds, type Simulator, type SimulatorOptions } from "@peering-desk/atlas-simulator"
import type { CheckId, PeeringDraft, PeeringRequest, ProviderName } from "@peering-desk/shared-schemas"
import type { AtlasClient } from "#atlas/atlas-client.ts"
import { requests } from "./requests.ts"

/** A draft that Atlas or our own rule refuses, and the project in which it does. */
export interface RefusalCase {
  what: string
  id: CheckId
  errorCode: string | null
  projectId: string
  draft: PeeringDraft | ((simulator: Simulator) => PeeringDraft)
  /** The public key of the demo key to use; the owner's when left out. */
  key?: string
  /** Changes of the simulator, and what Peering Desk learns of them. */
  simulator?: SimulatorOptions
  /** The Cedar text of a resource policy of the organization. */
  policy?: string
  /** Prepares the project. */
  prepare?: (client: AtlasClient) => Promise<void>
}

const { documentationProject, emptySandbox } = seededIds

type Fields = Record<string, string>

export function draft(providerName: ProviderName, fields: Fields = {}): PeeringDraft {
  const { providerName: _, ...request } = requests[providerName]
  return { providerName, request: { ...request, ...fields } }
}

export function draftForNew(
  providerName: ProviderName,
  newContainer: NonNullable<PeeringDraft["newContainer"]>,
  fields: Fields = {},
): PeeringDraft {
  return { ...draft(providerName, { ...fields, containerId: "new" }), newContainer }
}

/** Builds a draft for the container of a seeded project in a region. Google Cloud has one without a region. */
export function draftIn(
  projectId: string,
  providerName: ProviderName,
  region: string | null,
  fields: Fields,
) {
  return (simulator: Simulator): PeeringDraft => {
    const project = simulator.state().projects.find(({ id }) => id === projectId)
    const found = project?.containers.find(
      (one) => one.providerName === providerName && one.region === region,
    )
    return draft(providerName, { containerId: found?.id ?? "", ...fields })
  }
}

export const wrongField = (
  errorCode: string | null,
  providerName: ProviderName,
  fields: Fields,
): RefusalCase => ({
  what: `${Object.keys(fields).join()} ${Object.values(fields).join()}`,
  id: "fields",
  errorCode,
  projectId: documentationProject,
  draft: draft(providerName, fields),
})

export const wrongContainer = (
  id: CheckId,
  errorCode: string,
  providerName: ProviderName,
  newContainer: NonNullable<PeeringDraft["newContainer"]>,
): RefusalCase => ({
  what: `a new container ${Object.values(newContainer).flat().join(" ")}`,
  id,
  errorCode,
  projectId: emptySandbox,
  draft: draftForNew(providerName, newContainer),
})

/** Creates 25 peerings that nobody accepts. */
export async function fillWithUnfinished(client: AtlasClient): Promise<void> {
  for (let index = 0; index < 25; index += 1) {
    const request: PeeringRequest = {
      ...requests.AWS,
      vpcId: `vpc-${(0x10000000 + index).toString(16)}`,
      routeTableCidrBlock: `172.16.${index}.0/24`,
    }
    await client.createPeer(documentationProject, request)
  }
}
