import { findRequestField } from "@peering-desk/shared-schemas"
import { listTexts, type Facts } from "#formats/facts.ts"
import { quote } from "#formats/phrases.ts"
import { parseProviderName, requestNames } from "./fields.ts"
import { parseOptions } from "#formats/shell.ts"
import type { PastedBuilder } from "./pasted-builder.ts"
import type { Pasted } from "./pasted.ts"
import { readThing, type Rule } from "./things.ts"

export const projectRule = "Written for project {project}. This form uses the selected project."
/** Options that say how to run, and nothing about the peering. */
const otherOptions = ["--output", "-o", "--profile", "-P", "--help", "-h"]

/** Reads the words of `atlas networking peering create`. */
export function readAtlasCli(words: readonly string[]): Pasted {
  const optionsAt = words.findIndex((word) => word.startsWith("-"))
  const path = optionsAt < 0 ? words : words.slice(0, optionsAt)
  const cloud = parseProviderName(path.at(-1))
  const options = parseOptions(words.slice(path.length))
  const isCreate = path.some((word) => /^peerings?$/.test(word)) && path.includes("create") && cloud !== null
  const rules = isCreate
    ? [...[...options.keys()].flatMap(toRules), noteContainer]
    : ["Only atlas networking peering create aws, gcp or azure can be read."]
  return readThing({ source: "atlas-cli", cloud: isCreate ? cloud : null, rules }, options)
}

function toRules(option: string): Rule[] {
  const field = requestNames.find((name) => findRequestField(name)?.names.atlasCli === option)
  if (option === "--region") return [putRegion]
  if (option === "--projectId") return [projectRule.replace("project}", "--projectId}")]
  if (option === "--atlasCidrBlock") return [[option, "atlasCidrBlock"]]
  if (field !== undefined) return [[option, field]]
  if (otherOptions.includes(option)) return []
  return [(builder) => builder.note(`${quote(option)} isn't a known Atlas CLI option.`)]
}

/** On AWS the one region is the VPC's and the new container's; elsewhere it is the container's alone. */
function putRegion(builder: PastedBuilder, options: Facts): void {
  const [region = null] = listTexts(options, "--region")
  if (builder.providerName === "AWS") builder.put("accepterRegionName", region, "--region")
  if (!options.has("--atlasCidrBlock")) return
  if (builder.providerName !== "GCP") builder.put("region", region, "--region")
  else for (const one of region?.split(",") ?? []) builder.put("regions", one, "--region")
}

function noteContainer(builder: PastedBuilder, options: Facts): void {
  const isGcp = builder.providerName === "GCP"
  const used = isGcp ? "the project's container" : "the container of that region"
  const taken = isGcp ? "the one of the project" : "the one of its region"
  builder.note(
    options.has("--atlasCidrBlock")
      ? `The Atlas CLI uses ${used} if it exists, and creates it with this CIDR otherwise.`
      : `The command has no container. The Atlas CLI uses ${taken}. Choose it in the form.`,
  )
}
