import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { withFences } from "./fences.ts"

const path = fileURLToPath(new URL("../.oxlintrc.json", import.meta.url))
writeFileSync(path, withFences(readFileSync(path, "utf8")))
