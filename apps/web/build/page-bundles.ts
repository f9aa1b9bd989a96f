import { readFileSync } from "node:fs"
import type { Rolldown } from "vite"

/** The pages of a family load one file, which the groups of `vite.config.ts` make of their modules and all that these need. */
export const families = {
  path: /\/features\/(connection\/PeeringPage|hand-off\/HandOffPage)\.tsx$|\/HandOffShell\.tsx$/,
  connection: /\/features\/connection\/(connect\/(ClusterParts|DiagnosisTest)|history\/ActivityTab)\.tsx$/,
  code: /\/shared\/CodeLanguages\.tsx$/,
  create: /\/features\/(create-peering\/\w+Page|containers\/ContainersPage|approvals\/ApprovalPage)\.tsx$/,
  addresses: /\/features\/address-space\/\w+Page\.tsx$/,
  administration: /\/features\/(?!session)[\w-]+\/\w+Page\.tsx$|\/session\/(Sessions|Auditor)Page\.tsx$/,
  entrance: /\/features\/session\/\w+Page\.tsx$/,
}

/** What has the path of a connection; a page of these families may load the file of another. */
const withPath: ReadonlySet<string> = new Set(["path", "connection", "code", "create"])

/** The modules whose dynamic imports are pages, or large parts of one. */
const routers = [
  ...["routes.tsx", "MoreRoutes.tsx", "AppRoutes.tsx", "HandOffShell.tsx"].map((file) => `app/${file}`),
  "features/connection/PeeringViews.tsx",
  "features/connection/rows/PathRows.tsx",
  "features/connection/rows/TryIt.tsx",
  "shared/ExportCode.tsx",
]

/** The rules that several families use. */
const sharedRules =
  /[/\\]peering-rules[/\\]src[/\\](addresses[/\\]|draft[/\\]new-container-body\.ts|formats[/\\](group-by|hcl|loose-json|phrases|well-formed|yaml)\.ts)/

/** Tells if a module is zod or has a schema. The first page uses none, and most others some. */
export function isSchema(id: string): boolean {
  if (/[/\\]node_modules[/\\]zod[/\\]/.test(id)) return true
  return /[/\\]shared-schemas[/\\]src[/\\]/.test(id) && readFileSync(id, "utf8").includes('"zod/mini"')
}

/**
 * Finds the modules that several families show first, and what is of none, which are one more file.
 * @param sources the folder of these modules
 */
export function createSharedNamer(sources: string): Rolldown.CodeSplittingNameFunction {
  let found: Map<string, Set<string>> | undefined
  return (id, context) => {
    if (sharedRules.test(id) || isSchema(id)) return "shared"
    found ??= findFamilies(sources, (module) => context.getModuleInfo(module))
    const names = [...(found.get(id) ?? [])]
    if (names.length === 1 && names[0] !== "shared") return null
    return names.every((name) => withPath.has(name)) ? null : "shared"
  }
}

function findFamilies(
  sources: string,
  getModuleInfo: (id: string) => Rolldown.ModuleInfo | null,
): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const add = (id: string, family: string) => {
    const names = found.get(id) ?? new Set<string>()
    if (names.has(family) || !id.startsWith(`${sources}/`)) return
    found.set(id, names.add(family))
    for (const imported of getModuleInfo(id)?.importedIds ?? []) add(imported, family)
  }
  const pages = routers.flatMap((file) => getModuleInfo(`${sources}/${file}`)?.dynamicallyImportedIds ?? [])
  for (const page of new Set(pages))
    add(page, Object.entries(families).find(([, fits]) => fits.test(page))?.[0] ?? "shared")
  return found
}
