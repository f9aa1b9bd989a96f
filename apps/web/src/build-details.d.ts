/** What `vite.config.ts` writes into a build; undefined in page tests. */
interface ImportMetaEnv {
  readonly BUILD_VERSION?: string
  readonly BUILD_COMMIT?: string
}
