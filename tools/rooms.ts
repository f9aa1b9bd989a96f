/** A folder with one job, and what its files may import. */
export interface Room {
  /** The path below its workspace's `src`. Each sub-room has its own row. */
  room: string
  /** Rooms of the same workspace that it may import, besides itself. */
  mayImport: readonly string[]
  /** Packages that it may not import, in addition to its workspace's. */
  mayNotUse?: readonly string[]
}

/** A workspace's rooms, lowest first: a room imports only rooms above its row. */
export interface Workspace {
  workspace: string
  /** Packages that none of its rooms may import. */
  mayNotUse: readonly string[]
  rooms: readonly Room[]
  /** Folders without a fence: they join all rooms, or hold no product code. */
  withoutFence: readonly string[]
}

const everyApp = ["@peering-desk/web", "@peering-desk/bff"]
const standIns = ["@peering-desk/atlas-simulator", "@peering-desk/demo-identity-provider"]
const browserLibraries = ["wouter", "wouter/**", "react-hook-form", "@tanstack/*"]

const schemaBase = ["requests", "atlas", "fields", "clouds", "values"]

const bffBase = ["base"]
const bffHttp = ["http", ...bffBase]
const bffStore = ["store", "store/drivers", ...bffBase]
const bffAtlas = ["atlas/protocol", "atlas/auth", "atlas", ...bffBase]
const bffAudit = ["audit", "audit/signing", "audit/chain", ...bffStore, ...bffHttp]
const bffSignIn = ["sign-in", "sign-in/provider", ...bffAudit]
const bffEngine = ["changes/engine", "processes"]
const bffProjects = ["projects", ...bffEngine, ...bffAtlas, ...bffSignIn]
const bffPolling = ["polling", "processes", "events", ...bffAtlas, ...bffSignIn]
const bffPreflight = ["preflight", ...bffPolling, ...bffProjects]

const webUiMayNotUse = [...browserLibraries, "@peering-desk/peering-rules"]
const webUiParts = ["ui/hooks", "ui/time", "ui/marks"]
const webApiMayNotUse = ["wouter", "react-hook-form"]
const webFeature = ["shared", "forms", "copy", "api", "ui"]
const webSetup = ["features/connection/status", "features/connection/changes", "features/connection/connect"]
const webDraft = ["features/create-peering/draft", ...webFeature]

/** Every room and its imports. `pnpm fences` writes `.oxlintrc.json` from it; docs/rooms.md shows it. */
export const workspaces: readonly Workspace[] = [
  {
    workspace: "packages/shared-schemas",
    withoutFence: [],
    mayNotUse: ["*", "!./*", "!#*/**", "!zod", "!zod/mini"],
    rooms: [
      { room: "values", mayImport: [] },
      { room: "clouds", mayImport: ["values"] },
      { room: "fields", mayImport: ["clouds", "values"] },
      { room: "atlas", mayImport: ["fields", "clouds", "values"] },
      { room: "requests", mayImport: ["fields", "clouds", "values"] },
      { room: "connections", mayImport: schemaBase },
      { room: "changes", mayImport: ["connections", ...schemaBase] },
      { room: "people", mayImport: ["connections", ...schemaBase] },
      { room: "routes", mayImport: ["people", "changes", "connections", ...schemaBase] },
    ],
  },
  {
    workspace: "packages/peering-rules",
    withoutFence: [],
    mayNotUse: ["*", "!./*", "!#*/**", "!@peering-desk", "!@peering-desk/shared-schemas"],
    rooms: [
      { room: "formats", mayImport: [] },
      { room: "lifecycle", mayImport: [] },
      { room: "addresses", mayImport: ["formats"] },
      { room: "draft", mayImport: ["addresses", "lifecycle", "formats"] },
      { room: "checks", mayImport: ["draft", "addresses", "formats"] },
      { room: "verdict", mayImport: ["checks", "draft", "addresses", "formats"] },
      { room: "paste", mayImport: ["addresses", "formats"] },
      { room: "runbook", mayImport: ["addresses", "formats"] },
      { room: "last-mile", mayImport: ["runbook", "addresses", "formats"] },
      { room: "diagnosis", mayImport: ["runbook", "addresses", "formats"] },
      { room: "export", mayImport: ["runbook", "paste", "draft", "formats"] },
      { room: "explain", mayImport: ["draft", "addresses", "lifecycle", "formats"] },
    ],
  },
  {
    // A stand-in that shared the product's code would share its mistakes.
    workspace: "packages/atlas-simulator",
    withoutFence: [],
    mayNotUse: ["@peering-desk/*"],
    rooms: [
      { room: "world", mayImport: [] },
      { room: "resources", mayImport: ["world"] },
      { room: "auth", mayImport: ["resources", "world"] },
      { room: "faults", mayImport: ["auth", "resources", "world"] },
      { room: "console", mayImport: ["faults", "auth", "resources", "world"] },
    ],
  },
  {
    workspace: "apps/bff",
    withoutFence: [],
    mayNotUse: [...everyApp, ...standIns],
    rooms: [
      { room: "base", mayImport: [], mayNotUse: ["express", "@peering-desk/peering-rules"] },
      { room: "http", mayImport: bffBase, mayNotUse: ["@peering-desk/peering-rules"] },
      { room: "store/drivers", mayImport: bffBase },
      { room: "store", mayImport: ["store/drivers", ...bffBase] },
      { room: "processes", mayImport: bffStore },
      { room: "atlas/protocol", mayImport: bffBase, mayNotUse: ["@peering-desk/peering-rules"] },
      {
        room: "atlas/auth",
        mayImport: ["atlas/protocol", ...bffBase],
        mayNotUse: ["@peering-desk/peering-rules"],
      },
      {
        room: "atlas",
        mayImport: ["atlas/protocol", "atlas/auth", ...bffBase],
        mayNotUse: ["@peering-desk/peering-rules"],
      },
      { room: "audit/chain", mayImport: bffStore },
      { room: "audit/signing", mayImport: ["audit/chain", ...bffStore] },
      { room: "audit", mayImport: ["audit/signing", "audit/chain", ...bffStore, ...bffHttp] },
      { room: "events", mayImport: bffAudit },
      { room: "notifications/channels", mayImport: ["events", ...bffAudit] },
      { room: "sign-in/provider", mayImport: bffHttp },
      { room: "sign-in", mayImport: ["sign-in/provider", ...bffAudit] },
      { room: "changes/engine", mayImport: ["processes", ...bffSignIn] },
      { room: "api-tokens", mayImport: bffSignIn },
      { room: "operations", mayImport: ["processes", ...bffAtlas, ...bffSignIn] },
      { room: "doctor", mayImport: ["operations", "processes", ...bffAtlas, ...bffSignIn] },
      { room: "presets", mayImport: bffSignIn },
      { room: "saved-views", mayImport: bffSignIn },
      { room: "projects", mayImport: [...bffEngine, ...bffAtlas, ...bffSignIn] },
      { room: "notifications", mayImport: ["notifications/channels", "events", "api-tokens", ...bffSignIn] },
      { room: "polling", mayImport: ["processes", "events", ...bffAtlas, ...bffSignIn] },
      { room: "history", mayImport: bffPolling },
      { room: "preflight", mayImport: [...bffPolling, ...bffProjects] },
      { room: "inventory", mayImport: bffPreflight },
      { room: "hand-offs", mayImport: bffPreflight },
      { room: "changes", mayImport: bffPreflight },
      { room: "approvals", mayImport: ["changes", ...bffPreflight] },
    ],
  },
  {
    workspace: "apps/web",
    withoutFence: ["app", "gallery", "mock-bff"],
    mayNotUse: [...everyApp, ...standIns],
    rooms: [
      { room: "ui/hooks", mayImport: [], mayNotUse: webUiMayNotUse },
      { room: "ui/time", mayImport: [], mayNotUse: webUiMayNotUse },
      { room: "ui/marks", mayImport: [], mayNotUse: webUiMayNotUse },
      { room: "ui", mayImport: webUiParts, mayNotUse: webUiMayNotUse },
      { room: "ui/fields", mayImport: ["ui", ...webUiParts], mayNotUse: webUiMayNotUse },
      { room: "ui/table", mayImport: ["ui/fields", "ui", ...webUiParts], mayNotUse: webUiMayNotUse },
      { room: "ui/overlay", mayImport: ["ui", ...webUiParts], mayNotUse: webUiMayNotUse },
      { room: "api", mayImport: [], mayNotUse: webApiMayNotUse },
      { room: "api/projects", mayImport: ["api"], mayNotUse: webApiMayNotUse },
      { room: "api/stream", mayImport: ["api"], mayNotUse: webApiMayNotUse },
      {
        room: "api/peerings",
        mayImport: ["api/projects", "api/stream", "api"],
        mayNotUse: webApiMayNotUse,
      },
      { room: "copy", mayImport: ["api", "ui"], mayNotUse: browserLibraries },
      { room: "forms", mayImport: ["copy", "api", "ui"], mayNotUse: ["wouter"] },
      { room: "shared", mayImport: ["forms", "copy", "api", "ui"] },
      { room: "features/address-space/coverage", mayImport: webFeature },
      { room: "features/address-space/layout", mayImport: webFeature },
      {
        room: "features/address-space",
        mayImport: ["features/address-space/coverage", "features/address-space/layout", ...webFeature],
      },
      { room: "features/api-tokens", mayImport: webFeature },
      { room: "features/approvals", mayImport: webFeature },
      { room: "features/audit", mayImport: webFeature },
      { room: "features/connection/history", mayImport: webFeature },
      { room: "features/connection/status", mayImport: webFeature },
      { room: "features/connection/changes", mayImport: webFeature },
      { room: "features/connection/connect", mayImport: webFeature },
      { room: "features/connection/setup", mayImport: [...webSetup, ...webFeature] },
      {
        room: "features/connection",
        mayImport: ["features/connection/history", "features/connection/setup", ...webSetup, ...webFeature],
      },
      { room: "features/connection-list/rows", mayImport: webFeature },
      {
        room: "features/connection-list/selection",
        mayImport: ["features/connection-list/rows", ...webFeature],
      },
      {
        room: "features/connection-list",
        mayImport: ["features/connection-list/rows", "features/connection-list/selection", ...webFeature],
      },
      { room: "features/containers", mayImport: webFeature },
      { room: "features/create-peering/draft", mayImport: webFeature },
      { room: "features/create-peering/help", mayImport: webFeature },
      { room: "features/create-peering/verdict", mayImport: webDraft },
      {
        room: "features/create-peering/prefill",
        mayImport: ["features/create-peering/verdict", ...webDraft],
      },
      {
        room: "features/create-peering/form",
        mayImport: [
          "features/create-peering/help",
          "features/create-peering/prefill",
          "features/create-peering/verdict",
          ...webDraft,
        ],
      },
      { room: "features/create-peering", mayImport: webFeature },
      { room: "features/demo-dock", mayImport: webFeature },
      { room: "features/hand-off", mayImport: webFeature },
      { room: "features/keys", mayImport: webFeature },
      { room: "features/palette", mayImport: webFeature },
      { room: "features/notifications", mayImport: webFeature },
      { room: "features/overview", mayImport: webFeature },
      { room: "features/projects", mayImport: webFeature },
      { room: "features/session", mayImport: webFeature },
      { room: "features/settings", mayImport: webFeature },
    ],
  },
]
