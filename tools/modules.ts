import { readdirSync } from "node:fs"
import { fileURLToPath } from "node:url"

/** A folder with one job, and what its files may import. Its sub-folders belong to it unless they have a row. */
export interface Module {
  /** The path below its workspace's `src`. `features/*` has a row for each folder there. */
  module: string
  /** Modules of the same workspace that it may import, with everything that these may import. */
  mayImport: readonly string[]
  /** Packages that it may not import, in addition to its workspace's. */
  mayNotUse?: readonly string[]
}

/** A workspace's modules, lowest first: a module imports only modules above its row. */
export interface Workspace {
  workspace: string
  /** Packages that none of its modules may import. */
  mayNotUse: readonly string[]
  modules: readonly Module[]
  /** Folders without a rule: they join all modules, or hold no product code. */
  withoutRule: readonly string[]
}

const everyApp = ["@peering-desk/web", "@peering-desk/bff"]
const standIns = [
  "@peering-desk/atlas-simulator",
  "@peering-desk/demo-director",
  "@peering-desk/demo-identity-provider",
  "@peering-desk/test-support",
]
const rules = "@peering-desk/peering-rules"
const browserLibraries = ["wouter", "wouter/**", "react-hook-form", "@tanstack/*"]

/** Every module and its imports. `pnpm import-rules` writes `.oxlintrc.json` from it; docs/modules.md shows it. */
export const workspaces: readonly Workspace[] = [
  {
    workspace: "packages/shared-schemas",
    withoutRule: [],
    mayNotUse: ["*", "!./*", "!#*/**", "!zod", "!zod/mini"],
    modules: [
      { module: "values", mayImport: [] },
      { module: "clouds", mayImport: ["values"] },
      { module: "fields", mayImport: ["clouds"] },
      { module: "atlas", mayImport: ["fields"] },
      { module: "requests", mayImport: ["fields"] },
      { module: "connections", mayImport: ["requests", "atlas"] },
      { module: "changes", mayImport: ["connections"] },
      { module: "people", mayImport: ["connections"] },
      { module: "routes", mayImport: ["people", "changes"] },
    ],
  },
  {
    workspace: "packages/peering-rules",
    withoutRule: [],
    mayNotUse: ["*", "!./*", "!#*/**", "!@peering-desk", "!@peering-desk/shared-schemas"],
    modules: [
      { module: "formats", mayImport: [] },
      { module: "lifecycle", mayImport: [] },
      { module: "addresses", mayImport: ["formats"] },
      { module: "runbook", mayImport: ["addresses"] },
      { module: "paste", mayImport: ["addresses"] },
      { module: "facts", mayImport: ["runbook", "lifecycle", "paste"] },
      { module: "draft", mayImport: ["addresses", "lifecycle"] },
      { module: "checks", mayImport: ["draft", "runbook"] },
      { module: "verdict", mayImport: ["checks", "facts"] },
      { module: "last-mile", mayImport: ["runbook"] },
      { module: "diagnosis", mayImport: ["runbook"] },
      { module: "path", mayImport: ["facts", "last-mile"] },
      { module: "export", mayImport: ["runbook", "paste", "draft"] },
      { module: "explain", mayImport: ["draft"] },
      { module: "overview", mayImport: ["draft"] },
      { module: "lists", mayImport: ["lifecycle", "addresses"] },
    ],
  },
  {
    // A stand-in that shared the product's code would share its mistakes.
    workspace: "packages/atlas-simulator",
    withoutRule: [],
    mayNotUse: ["@peering-desk/*"],
    modules: [
      { module: "world", mayImport: [] },
      { module: "resources", mayImport: ["world"] },
      { module: "auth", mayImport: ["resources"] },
      { module: "faults", mayImport: ["auth"] },
      { module: "aws", mayImport: ["faults"] },
      { module: "cloud-tools", mayImport: ["aws"] },
      { module: "console", mayImport: ["cloud-tools"] },
    ],
  },
  {
    workspace: "apps/bff",
    withoutRule: [],
    mayNotUse: [...everyApp, ...standIns],
    modules: [
      { module: "base", mayImport: [], mayNotUse: ["express", rules] },
      { module: "http", mayImport: ["base"], mayNotUse: [rules] },
      { module: "store", mayImport: ["base"] },
      { module: "processes", mayImport: ["store"] },
      { module: "atlas", mayImport: ["base"], mayNotUse: [rules] },
      { module: "cloud-reading", mayImport: ["base"], mayNotUse: ["express"] },
      { module: "audit", mayImport: ["store", "http"] },
      { module: "events", mayImport: ["audit"] },
      { module: "sign-in", mayImport: ["audit"] },
      { module: "policies", mayImport: ["atlas"] },
      { module: "changes/engine", mayImport: ["processes", "events", "sign-in"] },
      { module: "api-tokens", mayImport: ["sign-in"] },
      { module: "operations", mayImport: ["processes", "atlas", "sign-in"] },
      { module: "presets", mayImport: ["sign-in"] },
      { module: "saved-views", mayImport: ["sign-in"] },
      { module: "projects", mayImport: ["changes/engine", "policies"] },
      { module: "notifications", mayImport: ["events", "api-tokens"] },
      { module: "doctor", mayImport: ["operations", "notifications"] },
      { module: "polling", mayImport: ["processes", "events", "atlas", "sign-in"] },
      { module: "history", mayImport: ["polling"] },
      { module: "facts", mayImport: ["polling", "projects"] },
      { module: "cloud-accounts", mayImport: ["facts", "cloud-reading"] },
      { module: "preflight", mayImport: ["cloud-accounts"] },
      { module: "inventory", mayImport: ["preflight", "history", "saved-views"] },
      { module: "hand-offs", mayImport: ["preflight"] },
      { module: "changes", mayImport: ["preflight"] },
      { module: "approvals", mayImport: ["changes"] },
      { module: "pages", mayImport: ["sign-in"] },
    ],
  },
  {
    workspace: "apps/web",
    withoutRule: ["app", "gallery", "mock-bff", "first-screen"],
    mayNotUse: [...everyApp, ...standIns],
    modules: [
      { module: "ui", mayImport: [], mayNotUse: [...browserLibraries, rules] },
      { module: "api", mayImport: [], mayNotUse: ["wouter", "react-hook-form"] },
      { module: "copy", mayImport: ["api", "ui"], mayNotUse: browserLibraries },
      { module: "forms", mayImport: ["copy"], mayNotUse: ["wouter"] },
      { module: "shared", mayImport: ["forms"] },
      { module: "features/*", mayImport: ["shared"] },
    ],
  },
]

/** Lists a workspace's modules with all that each may import, and `features/*` as one module per folder. */
export function listModules({ workspace, modules }: Workspace): Module[] {
  return modules.flatMap((row) => {
    const mayImport = listImports(row, modules)
    return listFolders(workspace, row.module).map((module) => ({ ...row, module, mayImport }))
  })
}

function listImports({ mayImport }: Module, modules: readonly Module[]): string[] {
  const further = modules.filter(({ module }) => mayImport.includes(module))
  return [...new Set([...mayImport, ...further.flatMap((row) => listImports(row, modules))])]
}

function listFolders(workspace: string, module: string): string[] {
  if (!module.endsWith("/*")) return [module]
  const parent = module.slice(0, -2)
  const path = fileURLToPath(new URL(`../${workspace}/src/${parent}`, import.meta.url))
  return readdirSync(path).map((name) => `${parent}/${name}`)
}
