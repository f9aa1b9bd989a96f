import { readdir, readFile, writeFile } from "node:fs/promises"
import { extname, join, resolve } from "node:path"
import { promisify } from "node:util"
import { brotliCompress, constants, gzip } from "node:zlib"
import type { Plugin, ResolvedConfig } from "vite"

const compressible = new Set([".js", ".css", ".svg", ".txt"])
/** Smaller files fit into the first packets of an answer anyway. */
const leastBytes = 1_000

/**
 * Writes `.br` and `.gz` beside each file of a build, as small as the formats can, so that the server never compresses them. The HTML
 * is left out: the server adds to it.
 */
export function compressFiles(): Plugin {
  let config: ResolvedConfig
  return {
    name: "compress-files",
    apply: "build",
    configResolved(resolved) {
      config = resolved
    },
    async closeBundle() {
      const directory = resolve(config.root, config.build.outDir)
      const entries = await readdir(directory, { recursive: true, withFileTypes: true })
      const files = entries.filter((entry) => entry.isFile() && compressible.has(extname(entry.name)))
      await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const content = await readFile(path)
  if (content.length < leastBytes) return
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  }
  await writeFile(`${path}.br`, await promisify(brotliCompress)(content, { params }))
  await writeFile(`${path}.gz`, await promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }))
}
