import { readFileSync } from "node:fs"

/** What is wrong with the configuration: variable → what to mend. No value stands in it, since it may be a secret. */
export type Mistakes = Map<string, string>

type Environment = Readonly<Record<string, string | undefined>>

/** The value of a variable: its own, or what the file holds that `NAME_FILE` names. Empty is the same as not set. */
export function readVariable(name: string, environment: Environment, mistakes: Mistakes): string | undefined {
  const value = environment[name] || undefined
  const file = environment[`${name}_FILE`] || undefined
  if (file === undefined) return value
  if (value !== undefined) {
    mistakes.set(name, `and ${name}_FILE are both set; keep one`)
    return value
  }
  return readNamedFile(name, `${name}_FILE`, file, mistakes)
}

/**
 * The content of a file that a variable names.
 * @param name the variable that a mistake is told of
 * @param namedBy the variable that names the file
 */
export function readNamedFile(
  name: string,
  namedBy: string,
  path: string,
  mistakes: Mistakes,
): string | undefined {
  try {
    return readFileSync(path, "utf8").trim()
  } catch (error) {
    // Without the path, which may be the secret itself, put there by mistake.
    const { code } = error as NodeJS.ErrnoException
    mistakes.set(name, `can't be read from the file that ${namedBy} names (${code})`)
    return undefined
  }
}
