import type { AtlasApiVersion } from "@peering-desk/shared-schemas"
import { isForNewContainer } from "#draft/draft-fields.ts"
import { listFilledFields, type ExportSubject, type WrittenCode } from "./export-subject.ts"
import { toNewContainerBody } from "#draft/new-container-body.ts"
import { toWellFormed } from "#formats/well-formed.ts"
import { formatShellCommand, formatShellWord } from "#formats/shell.ts"
import { toAsked } from "#runbook/runbook-step.ts"

/** The keys, each of which has to be set. */
const user = `"\${ATLAS_PUBLIC_KEY:?Set it to the public key}:\${ATLAS_PRIVATE_KEY:?Set it to the private key}"`

const keysNote = "Set ATLAS_PUBLIC_KEY and ATLAS_PRIVATE_KEY in your shell first."
const containerNote =
  "The first call creates the container. Set CONTAINER_ID to the id in its answer, then run the second call alone."

/**
 * Writes the call of Atlas's documentation (Create One New Network Peering Connection), with HTTP digest. A new container comes first
 * in a separate call; an id that an earlier paste left behind is forgotten before it.
 */
export function formatCurl(subject: ExportSubject, version: AtlasApiVersion = "v1.0"): WrittenCode {
  const container = toNewContainerBody(subject.draft)
  const body = { providerName: subject.draft.providerName, ...Object.fromEntries(listFilledFields(subject)) }
  const peers = toCall(subject, version, "peers", toData(body, isForNewContainer(subject.draft)))
  const text =
    container === null
      ? peers
      : [
          "unset CONTAINER_ID",
          toCall(subject, version, "containers", formatShellWord(formatBody(container))),
          "",
          peers,
        ].join("\n")
  return { text, notes: container === null ? [keysNote] : [keysNote, containerNote] }
}

/** Behind a proxy of the server, scripts elsewhere call the usual host. */
const governmentHost = "cloud.mongodbgov.com"

function toCall(
  { projectId, atlasHost }: ExportSubject,
  version: AtlasApiVersion,
  things: string,
  data: string,
): string {
  const mediaType = version === "v1.0" ? "application/json" : `application/vnd.atlas.${version}+json`
  const root = version === "v1.0" ? "api/atlas/v1.0" : "api/atlas/v2"
  const host = atlasHost === governmentHost ? governmentHost : "cloud.mongodb.com"
  const url = `https://${host}/${root}/groups/${encodeURIComponent(toWellFormed(projectId))}/${things}`
  return formatShellCommand([
    `curl --user ${user} --digest`,
    `--header ${formatShellWord(`Accept: ${mediaType}`)}`,
    `--header ${formatShellWord(`Content-Type: ${mediaType}`)}`,
    `--request POST ${formatShellWord(url)}`,
    `--data ${data}`,
  ])
}

function formatBody(body: object): string {
  return JSON.stringify(body, null, 2)
}

/** Writes the body as one word. The shell puts in the id of a new container; without one the call fails before it is sent. */
function toData(body: Record<string, string>, isNew: boolean): string {
  if (!isNew) return formatShellWord(formatBody(body))
  const before = `{\n  "containerId": "`
  const whole = formatBody({ containerId: "", ...body })
  return `${formatShellWord(before)}${toAsked("CONTAINER_ID", "the id in the first answer")}${formatShellWord(whole.slice(before.length))}`
}
