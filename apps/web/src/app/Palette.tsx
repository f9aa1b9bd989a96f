import { Suspense } from "react"
import type { AppPermissions } from "#shared/permissions.ts"
import { Modal } from "#ui/overlay/Modal.tsx"
import { SearchField } from "#ui/overlay/SearchField.tsx"
import { lazyPage } from "#ui/lazy-page.ts"
import styles from "./Palette.module.css"
import type { QuickAction } from "./QuickActions.tsx"

const PaletteList = lazyPage(async () => (await import("./PaletteList.tsx")).PaletteList)

/** The command palette. Its field comes with the application, so that no key is lost while its list loads. */
export function Palette({
  onOpen,
  ...given
}: {
  /** The id of the project in the sidebar; null without one. */
  chosenProject: string | null
  permissions: AppPermissions
  onOpen: (what: QuickAction) => void
}) {
  const close = () => onOpen(null)
  return (
    <Modal
      className={`unpadded sheet rounded-14 clip ${styles.palette}`}
      label="Search"
      closesBeside
      onClose={close}
    >
      <SearchField
        label="Search connections, projects and actions"
        placeholder="Name, ID, account or CIDR"
        onClose={close}
      >
        {(search) => (
          <Suspense fallback={<p className="quiet pad-16">Loading</p>}>
            <PaletteList search={search} onOpen={onOpen} {...given} />
          </Suspense>
        )}
      </SearchField>
    </Modal>
  )
}
