import { readFileSync, renameSync, writeFileSync } from "node:fs"
import { z } from "zod"

import { worldSchema } from "./world.ts"

const format = "atlas-simulator"
const version = 4

const savedState = z.object({
  /** Simulated milliseconds. */
  now: z.number().min(-8.64e15).max(8.64e15),
  /** The id counter, which must never repeat an id. */
  idPosition: z.int().nonnegative(),
  world: worldSchema,
})
/** The state that survives a restart; it holds no key and no secret. */
export type SavedState = z.infer<typeof savedState>

/** A data file that cannot be used; the message says what to do about it. */
export class DataFileError extends Error {}

const toReason = (error: unknown) => (error instanceof Error ? error.message : String(error))

function refuse(file: string, why: string): never {
  throw new DataFileError(
    `the data file ${file} cannot be used: ${why}. Delete it to start over (for the demo's: pnpm demo --fresh)`,
  )
}

/** Reads the saved state, or null when there is no such file. Throws DataFileError for an incomplete file. */
export function readDataFile(file: string): SavedState | null {
  let text: string
  try {
    text = readFileSync(file, "utf8")
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null
    refuse(file, toReason(error))
  }
  let content: { format?: unknown; version?: unknown } | null
  try {
    content = JSON.parse(text) as typeof content
  } catch {
    refuse(file, "it is not JSON, or breaks off")
  }
  if (content?.format !== format) refuse(file, "a simulator did not write it")
  if (content.version !== version) {
    const found = JSON.stringify(content.version)
    refuse(file, `it is of version ${found}, and this simulator reads ${version}`)
  }
  const parsed = savedState.safeParse(content)
  if (!parsed.success) refuse(file, "something in it is missing or not as it was written")
  return parsed.data
}

/**
 * Creates the function that saves the state. It writes when the world has changed since the last write, or `always`.
 * A kill during the write leaves the earlier file whole. Throws DataFileError when the file cannot be written.
 */
export function createSaver(file: string, read: () => SavedState): (always?: boolean) => void {
  let written: string | null = null
  return (always = false) => {
    const { now, idPosition, world } = read()
    const worldText = JSON.stringify(world)
    if (!always && worldText === written) return
    const head = JSON.stringify({ format, version, now, idPosition }).slice(0, -1)
    const temporary = `${file}.tmp`
    try {
      writeFileSync(temporary, `${head},"world":${worldText}}\n`)
      renameSync(temporary, file)
    } catch (error) {
      throw new DataFileError(`the data file ${file} cannot be written: ${toReason(error)}`)
    }
    written = worldText
  }
}
