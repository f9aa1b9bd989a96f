import { defineConfig } from "vite"

// Bundles our own workspaces into one file for Node. npm packages stay outside.
export default defineConfig({
  build: {
    ssr: true,
    target: "node20",
    outDir: "dist",
    emptyOutDir: true,
    rolldownOptions: { input: ["src/main.ts", "src/doctor.ts"] },
  },
  ssr: { noExternal: [/^@peering-desk\//], target: "node" },
})
