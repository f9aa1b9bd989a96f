import { readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"

/** A package as its own files describe it. */
export interface PackageLicence {
  name: string
  version: string
  /** An SPDX id or expression, such as `MIT`; null where its `package.json` has none. */
  id: string | null
  /** Without a named one, the repository's contributors. */
  author: string | null
  /** Its licence file and notices, word for word; null where it has none. */
  text: string | null
}

interface Manifest {
  name: string
  version: string
  license?: string | { type: string }
  /** The spelling of old packages. */
  licenses?: { type: string }[]
  author?: string | { name: string }
  repository?: string | { url: string }
}

const licenceFile = /^(licen[cs]e|copying|notice)([-.]|$)/i

/** Reads the name, version and licence of a package. Returns null for a folder that is not a package's, such as `dist/esm`. */
export function readPackageLicence(folder: string): PackageLicence | null {
  const files = readdirSync(folder)
  if (!files.includes("package.json")) return null
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Partial<Manifest>
  const { name, version, license, licenses = [], author, repository } = manifest
  if (name === undefined || version === undefined) return null
  const ids = license === undefined ? licenses.map(({ type }) => type) : [getText(license, "type")]
  const texts = files
    .filter((file) => licenceFile.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), "utf8").trim())
  return {
    name,
    version,
    id: ids.length === 0 ? null : ids.join(" OR "),
    author: author === undefined ? nameContributors(repository) : getText(author, "name"),
    text: texts.length === 0 ? null : texts.join("\n\n"),
  }
}

function nameContributors(repository: Manifest["repository"]): string | null {
  return repository === undefined ? null : `contributors of ${getText(repository, "url")}`
}

function getText<Key extends string>(value: string | Record<Key, string>, key: Key): string {
  return typeof value === "string" ? value : value[key]
}
