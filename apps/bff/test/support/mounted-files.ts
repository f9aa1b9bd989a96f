import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Files as Kubernetes mounts a Secret: links into a folder behind a link, which a change swaps as a whole. */
export interface MountedFiles {
  path: (name: string) => string
  /** Puts other content in place of everything. */
  swap: (files: Readonly<Record<string, string>>) => void
  remove: () => void
}

export function mountFiles(files: Readonly<Record<string, string>>): MountedFiles {
  const root = mkdtempSync(join(tmpdir(), "mounted-files-"))
  let version = 0
  const swap: MountedFiles["swap"] = (content) => {
    version += 1
    const folder = `..version-${version}`
    mkdirSync(join(root, folder))
    for (const [name, text] of Object.entries(content)) writeFileSync(join(root, folder, name), text)
    symlinkSync(folder, join(root, "..data_tmp"))
    renameSync(join(root, "..data_tmp"), join(root, "..data"))
    if (version > 1) rmSync(join(root, `..version-${version - 1}`), { recursive: true })
  }
  swap(files)
  for (const name of Object.keys(files)) symlinkSync(join("..data", name), join(root, name))
  return { path: (name) => join(root, name), swap, remove: () => rmSync(root, { recursive: true }) }
}
