import type { Rolldown } from "vite"

/** The pages of a family load one file, which the groups of `vite.config.ts` make of their modules and all that these need. */
export const families = {
  path: /\/features\/(connection\/PeeringPage|hand-off\/HandOffPage)\.tsx$/,
  create: /\/features\/(create-peering\/\w+Page|containers\/ContainersPage|approvals\/ApprovalPage)\.tsx$/,
  addresses: /\/features\/address-space\/\w+Page\.tsx$/,
  administration:
    /\/features\/(?!session)[\w-]+\/\w+Page\.tsx$|\/session\/(Sessions|Auditor)Page\.tsx$|\/MoreRoutes\.tsx$/,
  entrance: /\/features\/session\/\w+Page\.tsx$/,
}

/** What has the path of a connection; a page of these families may load the file of another. */
const withPath: ReadonlySet<string> = new Set(["path", "create"])

/** The modules whose dynamic imports are pages. */
const routers = ["routes.tsx", "MoreRoutes.tsx", "AppRoutes.tsx", "HandOffShell.tsx"]

/**
 * Finds the modules of the web app that several families show first, which are one more file.
 * @param sources the folder of these modules
 */
export function createSharedNamer(sources: string): Rolldown.CodeSplittingNameFunction {
  let found: Map<string, Set<string>> | undefined
  return (id, context) => {
    found ??= findFamilies(sources, (module) => context.getModuleInfo(module))
    const names = [...(found.get(id) ?? [])]
    return names.length > 1 && !names.every((name) => withPath.has(name)) ? "shared" : null
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
  const pages = routers.flatMap(
    (file) => getModuleInfo(`${sources}/app/${file}`)?.dynamicallyImportedIds ?? [],
  )
  for (const page of new Set(pages))
    add(page, Object.entries(families).find(([, fits]) => fits.test(page))?.[0] ?? "")
  return found
}
