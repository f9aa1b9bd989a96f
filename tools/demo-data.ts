import { existsSync, readFileSync, renameSync } from "node:fs"
import { join, resolve } from "node:path"
import { hasFormerFile } from "#bff/src/store/former-tables.ts"

/**
 * Renames the folder of a demo whose database this version can't read, or whose Atlas lacks the projects of the scenes, so that the demo starts over and nothing is deleted.
 * @returns its new path, or null when there was no need
 */
export function moveOlderData(dataDirectory: string): string | null {
  if (!hasFormerFile(dataDirectory) && !hasOtherScenario(dataDirectory)) return null
  const first = `${resolve(dataDirectory)}-before`
  let free = first
  for (let number = 2; existsSync(free); number += 1) free = `${first}-${number}`
  renameSync(dataDirectory, free)
  return free
}

function hasOtherScenario(dataDirectory: string): boolean {
  const file = join(dataDirectory, "atlas.json")
  return existsSync(file) && !readFileSync(file, "utf8").includes('"world":{"scenario":"stage"')
}
