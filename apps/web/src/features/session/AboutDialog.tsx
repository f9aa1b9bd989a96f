import { DescriptionList, Fact } from "#ui/DescriptionList.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"

/** Shows what this build was made from, and leads to the licences of its packages. */
export function AboutDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title="About Peering Desk" onClose={onClose}>
      <div className="stack gap-10">
        <DescriptionList>
          <Fact label="Version">{import.meta.env.BUILD_VERSION ?? "unknown"}</Fact>
          <Fact label="Commit">
            <code>{import.meta.env.BUILD_COMMIT ?? "unknown"}</code>
          </Fact>
        </DescriptionList>
        <p>
          <a href="/licences.txt" target="_blank" rel="noreferrer">
            Third-party licences <span className="visually-hidden">(opens in a new tab)</span>
          </a>
        </p>
      </div>
    </Dialog>
  )
}
