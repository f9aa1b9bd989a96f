import { readFileSync, writeFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { withImportRules } from "./import-rules.ts"

const path = fileURLToPath(new URL("../.oxlintrc.json", import.meta.url))
writeFileSync(path, withImportRules(readFileSync(path, "utf8")))
