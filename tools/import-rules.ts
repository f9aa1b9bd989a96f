import { listModules, workspaces, type Module, type Workspace } from "./modules.ts"

const begin = "    // import rules: begin (written by `pnpm import-rules` from tools/modules.ts)\n"
const end = "    // import rules: end\n"

/** Returns the lint configuration with the import rules of `modules.ts`. */
export function withImportRules(configuration: string): string {
  const from = configuration.indexOf(begin)
  const until = configuration.indexOf(end)
  if (from < 0 || until < from) throw new Error(".oxlintrc.json lacks the markers of the import rules")
  const rows = workspaces.flatMap((workspace) =>
    // A later row replaces an earlier one for the same file, so `changes/engine` comes after `changes`.
    listModules(workspace)
      .sort((one, other) => depthOf(one) - depthOf(other))
      .map((module) => `    ${JSON.stringify(toRule(workspace, module))},\n`),
  )
  return configuration.slice(0, from) + begin + rows.join("") + configuration.slice(until)
}

function toRule({ workspace, mayNotUse }: Workspace, { module, mayImport, mayNotUse: further = [] }: Module) {
  const allowed = [module, ...mayImport].map((name) => `!#${name}/**`)
  const group = [...mayNotUse, ...further, "#*", "#*/**", ...allowed]
  const names = mayImport.length === 0 ? "no other module" : mayImport.join(", ")
  const message = `${module} may import: ${names}. See tools/modules.ts.`
  return {
    files: [`${workspace}/src/${module}/**`],
    rules: { "no-restricted-imports": ["error", { patterns: [{ group, message }] }] },
  }
}

function depthOf({ module }: Module): number {
  return module.split("/").length
}
