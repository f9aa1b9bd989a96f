import {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  NewAwsContainer,
  NewAzureContainer,
  NewGcpContainer,
  newContainerMark,
  type PeeringDraft,
} from "@peering-desk/shared-schemas"

/** One field of a draft, held against the rule that the form and the server hold it against. */
export interface DraftField {
  /** By its name in the request, or in the new container of the draft. */
  name: string
  ofNewContainer: boolean
  text: string
  status: "empty" | "wrong" | "right"
  /** The rule's sentence; empty when it is right. */
  says: string
}

interface FieldSchema {
  safeParse: (value: unknown) => { success: boolean; error?: { issues: readonly { message: string }[] } }
}

/** Whether the draft describes a container that is to be made for it. */
export function isForNewContainer(draft: PeeringDraft): boolean {
  return readOwn(draft.request, "containerId") === newContainerMark
}

/** The fields that the chosen cloud needs, in the order of the form; fields of other clouds are left out. */
export function toDraftFields(draft: PeeringDraft): DraftField[] {
  const isNew = isForNewContainer(draft)
  const request = Object.entries(requestSchemas(draft))
    .filter(([name]) => name !== "providerName" && !(isNew && name === "containerId"))
    .map(([name, schema]) => toField(name, false, readOwn(draft.request, name) ?? "", schema))
  return isNew ? [...toNewContainerFields(draft), ...request] : request
}

function requestSchemas({ providerName }: PeeringDraft): Readonly<Record<string, FieldSchema>> {
  switch (providerName) {
    case "AWS":
      return AwsPeeringRequest.shape
    case "GCP":
      return GcpPeeringRequest.shape
    case "AZURE":
      return AzurePeeringRequest.shape
  }
}

function toNewContainerFields({ providerName, newContainer }: PeeringDraft): DraftField[] {
  const block = newContainer?.atlasCidrBlock ?? ""
  const region = newContainer?.region ?? ""
  switch (providerName) {
    case "AWS":
      return [
        toField("region", true, region, NewAwsContainer.shape.regionName),
        toField("atlasCidrBlock", true, block, NewAwsContainer.shape.atlasCidrBlock),
      ]
    case "AZURE":
      return [
        toField("region", true, region, NewAzureContainer.shape.region),
        toField("atlasCidrBlock", true, block, NewAzureContainer.shape.atlasCidrBlock),
      ]
    case "GCP": {
      const oneRegion = {
        safeParse: (text: unknown) => NewGcpContainer.shape.regions.safeParse([text]),
      }
      return [
        ...toNewRegions({ newContainer }).map((one) => toField("regions", true, one, oneRegion)),
        toField("atlasCidrBlock", true, block, NewGcpContainer.shape.atlasCidrBlock),
      ]
    }
  }
}

/** The regions that a new Google Cloud container is restricted to, each once; none: every region. */
export function toNewRegions({ newContainer }: Pick<PeeringDraft, "newContainer">): string[] {
  return [...new Set(newContainer?.regions?.filter((region) => region.trim() !== ""))]
}

function toField(name: string, ofNewContainer: boolean, text: string, schema: FieldSchema): DraftField {
  const { success, error } = schema.safeParse(text)
  const says = success ? "" : (error?.issues[0]?.message ?? "")
  const status = text.trim() === "" ? "empty" : success ? "right" : "wrong"
  return { name, ofNewContainer, text, status, says }
}

/** Keys of a draft come from outside; `constructor` is one that nobody filled in. */
function readOwn(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
