import { readdir, readFile, rm, writeFile } from "node:fs/promises"
import { basename, extname, join } from "node:path"
import type { Plugin } from "vite"

/**
 * Moves the bundler's helpers, which it writes as a file apart, into the file `react-zod`, which every page loads: one request less. The
 * names of files still change with the helpers, as they count the file that they import.
 */
export function mergeRuntime(): Plugin {
  return {
    name: "merge-runtime",
    apply: "build",
    async writeBundle({ dir = "" }, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk")
      const runtime = chunks.find(({ name }) => name === "rolldown-runtime")
      const libraries = chunks.find(({ name }) => name === "react-zod")
      const [, helpers, list] = /^(.*)export\{([^}]*)\};\s*$/s.exec(runtime?.code ?? "") ?? []
      if (runtime === undefined || libraries === undefined || list === undefined)
        throw new Error("The bundler wrote no file of helpers, or another one")
      const [from, to] = [basename(runtime.fileName), basename(libraries.fileName)]
      const pairs = list.split(",").map((pair) => pair.split(" as "))
      const names = pairs.map(([, name]) => name)
      const begin = `const helpers_=(()=>{${helpers}return{${pairs.map(([own, name]) => `${name}:${own}`).join()}}})();`
      const end = `const{${names.map((name) => `${name}:helper_${name}`).join()}}=helpers_;export{${names.map((name) => `helper_${name}`).join()}};`
      const imports = new RegExp(
        String.raw`import\{([^}]*)\}from"\./${from.replaceAll(".", String.raw`\.`)}";`,
        "g",
      )
      await rm(join(dir, runtime.fileName))
      for (const entry of await readdir(dir, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name)
        if (!entry.isFile() || ![".js", ".json", ".html"].includes(extname(path))) continue
        const content = await readFile(path, "utf8")
        const merged =
          entry.name === to
            ? begin +
              content.replaceAll(
                imports,
                (_all, names: string) => `const{${names.replaceAll(" as ", ":")}}=helpers_;`,
              ) +
              end
            : content
                .replaceAll(
                  imports,
                  (_all, names: string) => `import{${names.replaceAll(/(^|,)/g, "$1helper_")}}from"./${to}";`,
                )
                .replaceAll(/\s*<link[^>]*rolldown-runtime[^>]*>/g, "")
                .replaceAll(from, to)
        if (merged !== content) await writeFile(path, merged)
      }
    },
  }
}
