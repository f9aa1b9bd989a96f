import { existsSync, readFileSync, realpathSync } from "node:fs"
import { dirname, join } from "node:path"
import type { Plugin } from "vite"
import { readPackageLicence, type PackageLicence } from "./package-licence.ts"

/** The file that the server serves as `/licences.txt`. */
const fileName = "licences.txt"

/**
 * Writes the licences of the packages in a build's files, and of the packages that the server installs in production.
 * @param server the folder of the server, whose production dependencies are installed beside its bundle
 */
export function writeLicences(server: string): Plugin {
  return {
    name: "write-licences",
    apply: "build",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === "chunk" ? file.moduleIds : []))
      const found = new Map<string, PackageLicence>()
      for (const module of modules) add(found, findPackageOfModule(module))
      for (const folder of listInstalled(server)) add(found, readPackageLicence(folder))
      this.emitFile({ type: "asset", fileName, source: formatLicences([...found.values()]) })
    },
  }
}

function add(found: Map<string, PackageLicence>, one: PackageLicence | null): void {
  if (one !== null) found.set(`${one.name}@${one.version}`, one)
}

/** Returns the package of a module of the bundle; null for modules of ours and of the build. */
function findPackageOfModule(module: string): PackageLicence | null {
  if (module.startsWith("\0") || !module.includes("node_modules")) return null
  let folder = dirname(module)
  // Some folders inside packages have a `package.json` without a name.
  for (;;) {
    const found = existsSync(folder) ? readPackageLicence(folder) : null
    if (found !== null) return found
    if (folder === dirname(folder)) throw new Error(`${module} belongs to no package`)
    folder = dirname(folder)
  }
}

/** Lists the folders of all packages below a package's production dependencies. */
function listInstalled(folder: string, found = new Set<string>()): Set<string> {
  for (const name of readDependencies(folder)) {
    const installed = findInstalled(folder, name)
    // Optional dependencies for other platforms are not installed.
    if (installed === null || found.has(installed)) continue
    found.add(installed)
    listInstalled(installed, found)
  }
  return found
}

function findInstalled(folder: string, name: string): string | null {
  const place = join(folder, "node_modules", name)
  if (existsSync(join(place, "package.json"))) return realpathSync(place)
  return folder === dirname(folder) ? null : findInstalled(dirname(folder), name)
}

function readDependencies(folder: string): string[] {
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(folder, "package.json"), "utf8"),
  ) as { dependencies?: object; optionalDependencies?: object }
  return Object.keys({ ...dependencies, ...optionalDependencies })
}

const line = "=".repeat(80)

function formatLicences(packages: readonly PackageLicence[]): string {
  const sorted = packages.toSorted((one, other) => (toId(one) < toId(other) ? -1 : 1))
  return [
    "Peering Desk includes the packages below, in its pages or on its server.",
    ...sorted.map(formatLicence),
  ].join(`\n\n${line}\n`)
}

function formatLicence(one: PackageLicence): string {
  const head = `${toId(one)}\nLicence: ${one.id ?? "not named"}`
  const text = one.text ?? `Author: ${one.author ?? "not named"}\nThe package has no licence file.`
  return `${head}\n\n${text}`
}

const toId = ({ name, version }: PackageLicence) => `${name}@${version}`
