import { readFileSync } from "node:fs"
import { parse } from "yaml"
import * as z from "zod/mini"

/** The workspaces that production runs: the server, and the pages that it serves. */
export const productionWorkspaces = ["apps/bff", "apps/web"] as const

const Versions = z.record(z.string(), z.string())
const Lockfile = z.object({
  importers: z.record(
    z.string(),
    z.object({ dependencies: z.optional(z.record(z.string(), z.object({ version: z.string() }))) }),
  ),
  packages: z.record(z.string(), z.object({ resolution: z.object({ integrity: z.string() }) })),
  snapshots: z.record(
    z.string(),
    z.object({ dependencies: z.optional(Versions), optionalDependencies: z.optional(Versions) }),
  ),
})

/** A package that production runs. */
export interface LockedPackage {
  name: string
  version: string
  /** As the lockfile has it: `sha512-` and base64. */
  integrity: string
  /** The keys of what it depends on, in the map it is in. */
  dependencies: string[]
}

/**
 * Lists every package that production runs, by `name@version`, with optional ones of all platforms.
 * @param text the content of `pnpm-lock.yaml`
 */
export function readProductionPackages(text: string): Map<string, LockedPackage> {
  const { importers, packages, snapshots } = Lockfile.parse(parse(text))
  const found = new Map<string, LockedPackage>()

  function add(key: string): string {
    // Peers follow the version in brackets: `pg@8.23.1(pg-native@3.0.0)`.
    const id = key.replace(/\(.*$/, "")
    if (found.has(id)) return id
    const at = id.lastIndexOf("@")
    const [locked, snapshot] = [packages[id], snapshots[key]]
    if (locked === undefined || snapshot === undefined) throw new Error(`The lockfile has no ${key}`)
    const one: LockedPackage = {
      name: id.slice(0, at),
      version: id.slice(at + 1),
      integrity: locked.resolution.integrity,
      dependencies: [],
    }
    found.set(id, one)
    const below = { ...snapshot.dependencies, ...snapshot.optionalDependencies }
    one.dependencies = Object.entries(below).map(([name, version]) => add(toKey(name, version)))
    return id
  }

  function addWorkspace(folder: string): void {
    for (const [name, { version }] of Object.entries(importers[folder]?.dependencies ?? {})) {
      if (version.startsWith("link:")) addWorkspace(`packages/${version.slice(version.lastIndexOf("/") + 1)}`)
      else add(toKey(name, version))
    }
  }

  for (const folder of productionWorkspaces) addWorkspace(folder)
  return found
}

/** An alias names the whole package as its version. */
function toKey(name: string, version: string): string {
  return /^(@[^/@]+\/)?[^@(]+@/.test(version) ? version : `${name}@${version}`
}

export const readLockfile = (root: string) => readFileSync(`${root}/pnpm-lock.yaml`, "utf8")
