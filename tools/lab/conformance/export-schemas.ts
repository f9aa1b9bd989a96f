import type { Task } from "#tools/lab/area.ts"
import { parse as parseHcl } from "@cdktf/hcl2json"
import { exports, toRunbook } from "@peering-desk/peering-rules"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { check, expectThat, notRun, type Figure } from "#tools/lab/figure.ts"
import { findPrograms, runProgram } from "#tools/lab/programs.ts"
import { toConnections, toSubjects } from "./subjects.ts"

/** The names of a resource's attributes, as the package's type declarations have them. */
interface Schema {
  names: Set<string>
  required: string[]
}

const terraformPackages: Readonly<Record<string, string>> = {
  mongodbatlas: "@cdktf/provider-mongodbatlas",
  aws: "@cdktf/provider-aws",
  azuread: "@cdktf/provider-azuread",
  azurerm: "@cdktf/provider-azurerm",
  google: "@cdktf/provider-google",
}

/** Compares the attributes of every exported and runbook resource with the schemas that npm packages publish. */
export async function checkExportSchemas({ work }: Task): Promise<Figure[]> {
  const findings: Figure[] = []
  const resources = await listTerraformResources()
  for (const [provider, name] of Object.entries(terraformPackages)) {
    const wanted = resources.filter(({ type }) => type.startsWith(`${provider}_`))
    const types = [...new Set(wanted.map(({ type }) => type))]
    const folders = types.map(
      (type) => `lib/${type.slice(provider.length + 1).replaceAll("_", "-")}/index.d.ts`,
    )
    const root = await unpack(name, folders, work)
    if (root === null) {
      findings.push(notRun(`Terraform ${provider}`, `${name} could not be fetched from the registry`))
      continue
    }
    for (const [at, type] of types.entries())
      findings.push(
        await check(`Terraform ${type}`, () => {
          const schema = readSchema(join(root, folders[at] ?? ""), "Config extends")
          const uses = wanted.filter((one) => one.type === type)
          for (const { attributes } of uses)
            expectSchema(schema, attributes.map(toCamelCase), schema.required)
          return `${uses.length} blocks`
        }),
      )
  }
  findings.push(...(await checkCloudFormation(work)))
  return findings
}

/** Lists the resources and data sources of every Terraform text, with their attributes. */
async function listTerraformResources(): Promise<{ type: string; attributes: string[] }[]> {
  const code = toSubjects("plain").flatMap((subject) =>
    [subject, { ...subject, peerId: "1112222b3bf99403840e8934", isAvailable: true }].flatMap((one) =>
      exports.filter(({ id }) => id === "terraform").map(({ write }) => write(one).text),
    ),
  )
  const steps = toConnections("plain").flatMap(([peer, container]) =>
    toRunbook(peer, container).flatMap(({ instructions }) =>
      instructions.filter(({ tool }) => tool === "terraform").map(({ text }) => text),
    ),
  )
  const parsed = await Promise.all([...code, ...steps].map((text) => parseHcl("main.tf", text)))
  return parsed.flatMap((file) =>
    Object.entries((file["resource"] ?? {}) as Record<string, Record<string, object[]>>).flatMap(
      ([type, named]) =>
        Object.values(named).flatMap((blocks) =>
          blocks.map((block) => ({
            type,
            attributes: Object.keys(block).filter((name) => name !== "for_each"),
          })),
        ),
    ),
  )
}

async function checkCloudFormation(work: string): Promise<Figure[]> {
  const name = "awscdk-resources-mongodbatlas"
  const types = ["NetworkPeering", "NetworkContainer"] as const
  const folder = (type: string) =>
    `lib/l1-resources/${type === "NetworkPeering" ? "network-peering" : "network-container"}/index.d.ts`
  const root = await unpack(name, types.map(folder), work)
  if (root === null) return [notRun("CloudFormation", `${name} could not be fetched from the registry`)]
  const templates = toSubjects("plain")
    .filter(({ draft }) => draft.providerName === "AWS")
    .flatMap((subject) =>
      exports.filter(({ id }) => id === "cloudformation").map(({ write }) => write(subject).text),
    )
  const resources = templates.flatMap((text) =>
    Object.values(
      (JSON.parse(text) as { Resources: Record<string, { Type: string; Properties: object }> }).Resources,
    ),
  )
  return Promise.all(
    types.map((type) =>
      check(`CloudFormation MongoDB::Atlas::${type}`, () => {
        const schema = readSchema(join(root, folder(type)), `Cfn${type}Props`)
        const uses = resources.filter((one) => one.Type === `MongoDB::Atlas::${type}`)
        expectThat(uses.length > 0, "no template has it")
        // The declarations begin with a small letter and write CIDR as Cidr.
        for (const { Properties } of uses)
          expectSchema(
            schema,
            Object.keys(Properties).map(
              (key) => `${key.charAt(0).toLowerCase()}${key.slice(1).replace("CIDR", "Cidr")}`,
            ),
            schema.required,
          )
        return `${uses.length} resources`
      }),
    ),
  )
}

/** Fetches a package and unpacks some of its files. Returns its folder; null when it cannot be fetched. */
async function unpack(name: string, files: readonly string[], work: string): Promise<string | null> {
  const [npm = "npm"] = findPrograms("npm")
  const packed = await runProgram(npm, ["pack", "--silent", name], {
    cwd: work,
    env: { HOME: work },
    timeoutMs: 240_000,
  })
  const archive = packed.stdout.trim().split("\n").at(-1) ?? ""
  if (packed.code !== 0 || archive === "") return null
  const members = files.map((file) => `package/${file}`)
  const folder = archive.replace(/\.tgz$/, "")
  await runProgram("mkdir", [join(work, folder)])
  const { code, stderr } = await runProgram("tar", ["-xzf", archive, "-C", folder, ...members], { cwd: work })
  expectThat(code === 0, `${name} has other files than expected: ${stderr}`)
  return join(work, folder, "package")
}

/** Reads the attributes of an interface from a type declaration. */
function readSchema(file: string, marker: string): Schema {
  const text = readFileSync(file, "utf8")
  const start = text.search(new RegExp(`export interface \\w*${marker}`))
  expectThat(start >= 0, `${file} declares no ${marker}`)
  const body = text.slice(start, text.indexOf("\n}", start))
  const found = [...body.matchAll(/^ {4}readonly (\w+)(\??):/gm)]
  return {
    names: new Set(found.map(([, name = ""]) => name)),
    required: found.filter(([, , mark]) => mark === "").map(([, name = ""]) => name),
  }
}

function expectSchema({ names }: Schema, used: readonly string[], required: readonly string[]): void {
  const unknown = used.filter((name) => !names.has(name))
  expectThat(unknown.length === 0, `it has no ${unknown.join(", ")}`)
  const missing = required.filter((name) => !used.includes(name))
  expectThat(missing.length === 0, `it needs ${missing.join(", ")}`)
}

function toCamelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
}
