import { Kbd } from "#ui/Kbd.tsx"
import { Dialog } from "#ui/overlay/Dialog.tsx"

/** The list of keyboard shortcuts, and the switch for those of a single key (WCAG 2.2, 2.1.4). */
export function ShortcutList({
  shortcuts,
  usesSingleKeys,
  onUseSingleKeys,
  onClose,
}: {
  shortcuts: readonly { keys: readonly string[]; what: string }[]
  usesSingleKeys: boolean
  onUseSingleKeys: (uses: boolean) => void
  onClose: () => void
}) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose}>
      <dl className="grid">
        {shortcuts.map(({ keys, what }) => (
          <div key={what} className="line split gap-16 line-below high-36">
            <dt>{what}</dt>
            <dd className="flex still gap-4">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <label className="line above-8 high-44">
        <input
          type="checkbox"
          checked={usesSingleKeys}
          onChange={(event) => onUseSingleKeys(event.target.checked)}
        />
        Use shortcuts of a single key
      </label>
    </Dialog>
  )
}
