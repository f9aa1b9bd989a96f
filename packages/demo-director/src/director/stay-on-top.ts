/** Keeps the demo's layer above the page, and above a modal dialog that opens: it is then not to be pressed, but to be read. */
export function stayOnTop(host: HTMLElement): void {
  let open = 0
  const lift = () => {
    const dialogs = document.querySelectorAll("dialog:modal").length
    if (dialogs > open) host.hidePopover()
    open = dialogs
    if (!host.matches(":popover-open")) host.showPopover()
  }
  lift()
  new MutationObserver(lift).observe(document.body, {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["open"],
  })
}
