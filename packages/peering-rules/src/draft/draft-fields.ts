import {
  AwsPeeringRequest,
  AzurePeeringRequest,
  GcpPeeringRequest,
  NewAwsContainer,
  NewAzureContainer,
  NewGcpContainer,
  newContainerMark,
  type PeeringDraft,
  type ProviderName,
} from "@peering-desk/shared-schemas"

/** A field of a draft, checked by the rule that the form and the server use. */
export interface DraftField {
  /** Its name in the request, or in the draft's new container. */
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

/** Tells if the draft describes a new container. */
export function isForNewContainer(draft: PeeringDraft): boolean {
  return readOwn(draft.request, "containerId") === newContainerMark
}

/** Lists the fields that the chosen cloud needs, in the order of the form. */
export function toDraftFields(draft: PeeringDraft): DraftField[] {
  const isNew = isForNewContainer(draft)
  const request = Object.entries(requestSchemas[draft.providerName])
    .filter(([name]) => name !== "providerName" && !(isNew && name === "containerId"))
    .map(([name, schema]) => toField(name, false, readOwn(draft.request, name) ?? "", schema))
  return isNew ? [...toNewContainerFields(draft), ...request] : request
}

const requestSchemas: Readonly<Record<ProviderName, Readonly<Record<string, FieldSchema>>>> = {
  AWS: AwsPeeringRequest.shape,
  GCP: GcpPeeringRequest.shape,
  AZURE: AzurePeeringRequest.shape,
}

/** The rules of a new container's region, or of each of its regions, and of its block. */
const newContainerSchemas: Readonly<Record<ProviderName, { region: FieldSchema; block: FieldSchema }>> = {
  AWS: { region: NewAwsContainer.shape.regionName, block: NewAwsContainer.shape.atlasCidrBlock },
  AZURE: { region: NewAzureContainer.shape.region, block: NewAzureContainer.shape.atlasCidrBlock },
  GCP: {
    region: { safeParse: (text) => NewGcpContainer.shape.regions.safeParse([text]) },
    block: NewGcpContainer.shape.atlasCidrBlock,
  },
}

function toNewContainerFields({ providerName, newContainer }: PeeringDraft): DraftField[] {
  const { region, block } = newContainerSchemas[providerName]
  const regions =
    providerName === "GCP"
      ? toNewRegions({ newContainer }).map((one) => toField("regions", true, one, region))
      : [toField("region", true, newContainer?.region ?? "", region)]
  return [...regions, toField("atlasCidrBlock", true, newContainer?.atlasCidrBlock ?? "", block)]
}

/** Returns the regions that a new Google Cloud container is restricted to, each once; empty for every region. */
export function toNewRegions({ newContainer }: Pick<PeeringDraft, "newContainer">): string[] {
  return [...new Set(newContainer?.regions?.filter((region) => region.trim() !== ""))]
}

function toField(name: string, ofNewContainer: boolean, text: string, schema: FieldSchema): DraftField {
  const { success, error } = schema.safeParse(text)
  const says = success ? "" : (error?.issues[0]?.message ?? "")
  const status = text.trim() === "" ? "empty" : success ? "right" : "wrong"
  return { name, ofNewContainer, text, status, says }
}

/** Reads only own keys: a draft comes from outside, and `constructor` is not a field. */
function readOwn(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
