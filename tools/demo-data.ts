import { existsSync, renameSync } from "node:fs"
import { resolve } from "node:path"
import { hasFormerFile } from "#bff/src/store/former-tables.ts"

/**
 * Renames the folder of a demo whose database this version can't read, so that the demo starts over and nothing is deleted.
 * @returns its new path, or null when there was no need
 */
export function moveOlderData(dataDirectory: string): string | null {
  if (!hasFormerFile(dataDirectory)) return null
  const first = `${resolve(dataDirectory)}-before`
  let free = first
  for (let number = 2; existsSync(free); number += 1) free = `${first}-${number}`
  renameSync(dataDirectory, free)
  return free
}
