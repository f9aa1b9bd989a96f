import {
  awsRegions,
  nameKind,
  parseCidr,
  readRegionName,
  readTerraformStateId,
  toAtlasRegionName,
} from "@peering-desk/shared-schemas"
import { noteAwsPeeringId } from "./arn.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import type { Pasted, RequestField } from "./pasted.ts"

/** Reads a text that is one identifier and nothing else; null when it is none that is known here. */
export function readPastedIdentifier(text: string): Pasted | null {
  if (text.length > 2000 || /\n/.test(text)) return null
  return readAwsId(text) ?? readAtlasId(text) ?? readBlock(text) ?? readRegion(text) ?? readUuid(text)
}

function read(gather: (gathering: Gathering) => void): Pasted {
  const gathering = createGathering("identifier")
  gather(gathering)
  return gathering.toPasted()
}

function readAwsId(text: string): Pasted | null {
  if (/^vpc-[0-9a-f]+$/i.test(text)) return read(({ put }) => put("vpcId", text, "The VPC id"))
  if (/^pcx-[0-9a-f]+$/i.test(text))
    return read((gathering) => {
      gathering.cloud("AWS")
      noteAwsPeeringId(gathering, text)
    })
  if (!/^(\d{12}|\d{4}[- ]\d{4}[- ]\d{4})$/.test(text)) return null
  return read(({ put, note }) => {
    put("awsAccountId", text, "The account id")
    note(
      "good-to-know",
      "A Google Cloud project number can look the same; Atlas wants the project ID instead.",
      "gcpProjectId",
    )
  })
}

/** Ids that Atlas, or its Terraform provider, made. */
function readAtlasId(text: string): Pasted | null {
  const composite = /^([0-9a-f]{24})-([0-9a-f]{24})(?:-(AWS|GCP|AZURE))?$/i.exec(text)
  if (composite !== null) return readImportId(composite[1] ?? "", composite[2] ?? "", composite[3])
  const state = readTerraformStateId(text)
  if (state !== null) return readStateId(state)
  if (!/^[0-9a-f]{24}$/i.test(text)) return null
  return toAlternatives(`${text} is an Atlas id. Projects, containers and connections all have this form.`, [
    ["It is a container", "containerId", text],
  ])
}

/** Terraform's import ids: `PROJECT-PEER-PROVIDER` of a connection; `PROJECT-CONTAINER`, and older versions' `PROJECT-PEER`. */
function readImportId(projectId: string, id: string, providerName: string | undefined): Pasted {
  if (providerName === undefined)
    return toAlternatives(
      `These are two Atlas ids: the project ${projectId}, and a container or a connection.`,
      [["The second is a container", "containerId", id]],
    )
  return read((gathering) => {
    noteProject(gathering, projectId)
    const upper = providerName.toUpperCase()
    if (upper === "AWS" || upper === "GCP" || upper === "AZURE") gathering.cloud(upper)
    noteConnection(gathering, id)
  })
}

function readStateId(state: Record<string, string>): Pasted {
  return read((gathering) => {
    const { container_id: containerId, peer_id: peerId, project_id: projectId, provider_name: cloud } = state
    gathering.note("translated", "It is an id of Terraform's state, which holds other ids in base64.")
    if (cloud === "AWS" || cloud === "GCP" || cloud === "AZURE") gathering.cloud(cloud)
    gathering.put("containerId", containerId, "container_id of the Terraform id")
    if (peerId !== undefined) noteConnection(gathering, peerId)
    if (projectId !== undefined) noteProject(gathering, projectId)
  })
}

function noteConnection(gathering: Gathering, id: string): void {
  gathering.note(
    "not-understood",
    `${toQuoted(id)} is the id of a connection that exists; no field here takes it.`,
  )
}

function noteProject(gathering: Gathering, id: string): void {
  gathering.note("good-to-know", `It is of the project ${toQuoted(id)}; this form is for the chosen one.`)
}

function readBlock(text: string): Pasted | null {
  if (parseCidr(text) === null) return null
  return toAlternatives(`${text} is an address block, of your side or of Atlas's.`, [
    ["The block of your VPC (AWS)", "routeTableCidrBlock", text],
    ["The block for Atlas, in a new container", "atlasCidrBlock", text],
  ])
}

function readUuid(text: string): Pasted | null {
  if (!/^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(text)) return null
  return toAlternatives(
    `${text} is a UUID. In Azure a directory (tenant) and a subscription both have this form.`,
    [
      ["It is the directory (tenant)", "azureDirectoryId", text],
      ["It is the subscription", "azureSubscriptionId", text],
    ],
  )
}

/** `us-east-1` is AWS's alone; `US_EAST_2` is a name that Atlas has on AWS and on Azure. */
function readRegion(text: string): Pasted | null {
  if (text.length > 60) return null
  const choices: Pasted["choices"][number][] = []
  const zoneless = /-\d[a-z]$/.test(text) ? text.slice(0, -1) : text
  if (Object.hasOwn(awsRegions, toAtlasRegionName(zoneless)))
    choices.push({
      title: "The AWS region of your VPC",
      pasted: read(({ put }) => put("accepterRegionName", text, "The region")),
    })
  if (readRegionName("AZURE", text) !== null)
    choices.push({ title: "The Azure region of a new container", pasted: toNewRegion("AZURE", text) })
  if (readRegionName("GCP", text) !== null)
    choices.push({ title: "A Google Cloud region of a new container", pasted: toNewRegion("GCP", text) })
  return toOneOrSeveral(choices, `${text} is a region of several clouds in Atlas's words.`)
}

function toNewRegion(providerName: "AZURE" | "GCP", text: string): Pasted {
  return read((gathering) => {
    gathering.cloud(providerName)
    gathering.putNew(providerName === "GCP" ? "regions" : "region", text, "The region")
  })
}

function toOneOrSeveral(choices: Pasted["choices"], says: string): Pasted | null {
  const [only, ...others] = choices
  if (only === undefined) return null
  return others.length === 0 ? only.pasted : toChoices("identifier", choices, says)
}

/** An identifier that may belong into more than one field: nothing is filled in until a person chooses. */
function toAlternatives(
  says: string,
  meanings: readonly (readonly [string, RequestField | "atlasCidrBlock", string])[],
): Pasted {
  const choices = meanings.map(([title, field, text]) => ({
    title,
    pasted: read(({ put, putNew }) =>
      field === "atlasCidrBlock" ? putNew(field, text, "The block") : put(field, text, "The value"),
    ),
  }))
  const possible = choices.filter(({ pasted }) => Object.keys(pasted.fields.request).length > 0)
  // A field that does not take it says why.
  const [refused] = choices
  if (possible.length === 0 && refused !== undefined) return refused.pasted
  return { ...read(({ note }) => note("good-to-know", says)), choices: possible }
}

/** Reads an identifier that can be named, and that no field takes: a subnet, a security group. Null for anything else. */
export function readPastedOther(text: string): Pasted | null {
  if (text.length > 200 || /\s/.test(text)) return null
  const kind = nameKind(text)
  // Any name with a number at its end has the form of a region.
  if (kind === null || kind === "an AWS region") return null
  return read(({ note }) => note("not-understood", `This is ${kind}; no field here takes it.`))
}
