import { defineConfig } from "vite"

// Bundles our own workspaces into one file for Node. npm packages stay outside.
export default defineConfig({
  build: { ssr: "src/main.ts", target: "node20", outDir: "dist", emptyOutDir: true },
  ssr: { noExternal: [/^@peering-desk\//], target: "node" },
})
