import { newContainerMark } from "@peering-desk/shared-schemas"
import { readLooseJson } from "#formats/loose-json.ts"
import { readPastedAtlas, readProviderName } from "./atlas.ts"
import { createGathering, toChoices, toQuoted, type Gathering } from "./gathering.ts"
import { toText } from "#formats/unknown-json.ts"
import { withMended } from "./json.ts"
import type { ContainerField, Pasted, RequestField } from "./pasted.ts"
import { readShellCommands, type ShellWords } from "#formats/parse-shell-words.ts"

/** Reads a curl command for Atlas or an Atlas CLI command; null when the text is no command that is known here. */
export function readPastedCommand(text: string): Pasted | null {
  if (
    !/^\s*(?:[$>#%]\s*)?(?:sudo\s+|cat\s[^\n|]*\|\s*)?(?:curl|atlas|mongocli)\s/m.test(text.slice(0, 20_000))
  )
    return null
  const commands = readShellCommands(text.replace(/^\s*[$>#%]\s+(?=curl|atlas|mongocli)/, ""))
  const read = commands
    .slice(0, 1000)
    // What one command is handed, it may hand on to the next.
    .flatMap(
      (command, at) =>
        readCommand({ ...command, input: command.input ?? commands[at - 1]?.input ?? null }) ?? [],
    )
  const telling = read.filter(({ fields }) => Object.keys(fields.request).length > 0)
  if (telling.length < 2) return telling[0] ?? read[0] ?? null
  const both = joinContainer(telling)
  if (both !== null) return both
  const choices = telling.slice(0, 100).map((pasted) => ({ title: toTitle(pasted), pasted }))
  return toChoices("curl", choices, `There are ${choices.length} commands here; choose one.`)
}

/** A call that makes a container, and one that asks for a connection with the id which the first one answers, are one draft. */
function joinContainer(read: readonly Pasted[]): Pasted | null {
  const [container, peering] = read
  const { newContainer } = container?.fields ?? { newContainer: null }
  if (container === undefined || peering === undefined || read.length > 2 || newContainer === null)
    return null
  const { request } = peering.fields
  if (request.containerId !== undefined || container.providerName !== peering.providerName) return null
  const notes = [...container.notes, ...peering.notes].filter(({ field }) => field !== "containerId")
  return {
    ...peering,
    fields: { request: { ...request, containerId: newContainerMark }, newContainer },
    notes: notes.filter((one, index) => notes.findIndex(({ says }) => says === one.says) === index),
  }
}

function readCommand(command: ShellWords): Pasted | null {
  const words = command.words[0] === "sudo" ? command.words.slice(1) : command.words
  if (words[0] === "curl") return readCurl({ ...command, words })
  return words[0] === "atlas" || words[0] === "mongocli" ? readAtlasCli({ ...command, words }) : null
}

function toTitle({ providerName, fields }: Pasted): string {
  return toQuoted([providerName ?? [], Object.values(fields.request)].flat().join(", "))
}

const dataFlags = ["--data", "-d", "--data-raw", "--data-binary", "--data-ascii", "--json"]

function readCurl({ words, mended, input }: ShellWords): Pasted {
  const given = words.flatMap((word, index) => {
    const [flag = "", ...rest] = word.split("=")
    if (dataFlags.includes(word)) return words[index + 1] ?? []
    if (dataFlags.includes(flag) && flag.startsWith("--")) return rest.join("=")
    return /^-d./.test(word) ? word.slice(2) : []
  })
  const data = given[0] === "@-" ? (input ?? "@-") : (given[0] ?? "")
  const body = readLooseJson(data)
  const pasted = body === null ? null : readPastedAtlas(body.value, "curl")
  const gathering = createGathering("curl")
  const url = words.find((word) => /^(?:https?:\/\/|\S{0,100}cloud\.mongodb\.com\/)/.test(word)) ?? ""
  noteProject(gathering, /\/groups\/([0-9a-f]{24})(?:\/|$)/.exec(url.slice(0, 500))?.[1])
  if (pasted === null) gathering.note("not-understood", sayNoBody(data))
  const own = gathering.toPasted()
  const read = pasted ?? own
  return withMended({ ...read, notes: pasted === null ? own.notes : [...read.notes, ...own.notes] }, [
    ...(body?.mended ?? []),
    ...mended,
  ])
}

function sayNoBody(data: string): string {
  if (data === "@-") return "The body comes from another command; paste that."
  return data.startsWith("@")
    ? `The body is in the file ${toQuoted(data.slice(1))}; paste that.`
    : "The command sends no body that describes a peering."
}

function noteProject(gathering: Gathering, projectId: string | undefined): void {
  if (projectId !== undefined)
    gathering.note(
      "good-to-know",
      `It was written for the project ${projectId}; this form is for the chosen one.`,
    )
}

const flagFields: Readonly<Record<string, RequestField>> = {
  "--accountId": "awsAccountId",
  "--routeTableCidrBlock": "routeTableCidrBlock",
  "--vpcId": "vpcId",
  "--gcpProjectId": "gcpProjectId",
  "--network": "networkName",
  "--directoryId": "azureDirectoryId",
  "--subscriptionId": "azureSubscriptionId",
  "--resourceGroup": "resourceGroupName",
  "--vnet": "vnetName",
}

/** Flags that say how to run, and nothing about the peering. */
const otherFlags: ReadonlySet<string> = new Set(["--output", "-o", "--profile", "-P", "--help", "-h"])

/** Atlas CLI: `atlas networking peering create aws`, and `atlas networking containers create`-like calls of its `api` command are not. */
function readAtlasCli({ words, mended }: ShellWords): Pasted {
  const gathering = createGathering("atlas-cli")
  const flagsAt = words.findIndex((word) => word.startsWith("-"))
  const path = flagsAt < 0 ? words : words.slice(0, flagsAt)
  const providerName = readProviderName(path.at(-1))
  if (!path.some((word) => /^peerings?$/.test(word)) || !path.includes("create") || providerName === null) {
    gathering.note(
      "not-understood",
      "Of the Atlas CLI only networking peering create aws, gcp or azure is understood.",
    )
    return withMended(gathering.toPasted(), mended)
  }
  gathering.cloud(providerName)
  const flags = [...readFlags(words.slice(path.length))]
  const isNew = flags.some(([flag]) => flag === "--atlasCidrBlock")
  for (const [flag, value] of flags) putFlag(gathering, flag, value, isNew)
  const [used, taken] =
    providerName === "GCP"
      ? ["the project's container", "the one of the project"]
      : ["the container of that region", "the one of its region"]
  gathering.note(
    "good-to-know",
    isNew
      ? `The Atlas CLI uses ${used} if there is one, and only otherwise makes it with this block.`
      : `The command names no container: the Atlas CLI takes ${taken}. Choose it.`,
    "containerId",
  )
  return withMended(gathering.toPasted(), mended)
}

function* readFlags(words: readonly string[]): Generator<[string, string]> {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ""
    const equals = word.indexOf("=")
    if (!word.startsWith("-")) yield ["", word]
    else if (equals > 0) yield [word.slice(0, equals), word.slice(equals + 1)]
    else yield [word, words[(at += 1)] ?? ""]
  }
}

function putFlag(gathering: Gathering, flag: string, value: string, isNew: boolean): void {
  const field = flagFields[flag]
  if (field !== undefined && Object.hasOwn(flagFields, flag)) return gathering.put(field, value, flag)
  if (flag === "--atlasCidrBlock") return gathering.putNew("atlasCidrBlock", value, flag)
  if (flag === "--region") return putRegion(gathering, value, isNew)
  if (flag === "--projectId")
    return noteProject(gathering, toText(value) === null ? undefined : toQuoted(value))
  if (!otherFlags.has(flag))
    gathering.note(
      "not-understood",
      `${toQuoted(flag === "" ? value : flag)} is no option of the Atlas CLI here.`,
    )
}

/** The CLI's one region is the VPC's and the container's on AWS, and the container's elsewhere. */
function putRegion(gathering: Gathering, value: string, isNew: boolean): void {
  const field: ContainerField = gathering.providerName() === "GCP" ? "regions" : "region"
  if (gathering.providerName() === "AWS") gathering.put("accepterRegionName", value, "--region")
  if (isNew) gathering.putNew(field, field === "regions" ? value.split(",") : value, "--region")
}
