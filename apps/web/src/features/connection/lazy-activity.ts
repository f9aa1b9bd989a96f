import { lazyPage } from "#ui/lazy-page.ts"

/** The history of a connection with its time axis, loaded when it is opened. */
export const ActivityTab = lazyPage(
  async () => (await import("#features/connection/history/ActivityTab.tsx")).ActivityTab,
)
