import { readFileSync, renameSync, writeFileSync } from "node:fs"

import type { World } from "./world.ts"
import { isWorld } from "./world-shape.ts"

/** What outlives a restart; it holds no key and no secret. */
export type Kept = {
  /** Simulated milliseconds. */
  now: number
  /** Where the ids had got to, so that none is given twice. */
  idPosition: number
  world: World
}

/** A data file that cannot be used; the message is for the person who named it and says what to do. */
export class DataFileError extends Error {}

const format = "atlas-simulator"
const version = 1

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refuse(file: string, why: string): never {
  throw new DataFileError(
    `the data file ${file} cannot be used: ${why}. Delete it to start over (for the demo's: pnpm demo --fresh)`,
  )
}

/** Reads what was kept, or null when there is no such file; throws DataFileError for one that is not whole. */
export function readDataFile(file: string): Kept | null {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    refuse(file, reasonOf(error))
  }
  let content: Partial<Record<"format" | "version" | keyof Kept, unknown>> | null
  try {
    content = JSON.parse(text) as typeof content
  } catch {
    refuse(file, "it is not JSON, or breaks off")
  }
  if (content?.format !== format) refuse(file, "a simulator did not write it")
  if (content.version !== version) {
    refuse(file, `it is of version ${JSON.stringify(content.version)}, and this simulator reads ${version}`)
  }
  const { now, idPosition, world } = content
  const isMoment = typeof now === "number" && Number.isFinite(now) && Math.abs(now) <= 8.64e15
  const isPosition = typeof idPosition === "number" && Number.isInteger(idPosition) && idPosition >= 0
  if (!isMoment || !isPosition || !isWorld(world))
    refuse(file, "something in it is missing or not as it was written")
  return { now, idPosition, world }
}

/**
 * Keeps the state in a file. `keep` writes when the world is another than at the last writing, or when told to;
 * whoever is killed in the middle leaves the earlier file whole. Throws DataFileError when it cannot be written.
 */
export function createKeeper(file: string, read: () => Kept): { keep: (always?: boolean) => void } {
  let written: string | null = null
  return {
    keep(always = false) {
      const { now, idPosition, world } = read()
      const worldText = JSON.stringify(world)
      if (!always && worldText === written) return
      const head = JSON.stringify({ format, version, now, idPosition }).slice(0, -1)
      const temporary = `${file}.tmp`
      try {
        writeFileSync(temporary, `${head},"world":${worldText}}\n`)
        renameSync(temporary, file)
      } catch (error) {
        throw new DataFileError(`the data file ${file} cannot be written: ${reasonOf(error)}`)
      }
      written = worldText
    },
  }
}
