import { useSyncExternalStore } from "react"

/** What the server knew when it drew a page. The browser repeats it in its first render, so that both draw the same. */
export interface FirstRender {
  /** The page's time, milliseconds since 1970; simulated in a demo. */
  now: number
  /** The time zone of the person, as an IANA name: `Asia/Tokyo`. */
  timeZone: string
  /** Shortcuts are shown with the keys of a Mac. */
  isMac: boolean
  /** The project that this browser showed last; null without one. */
  lastProject: string | null
}

let read: () => FirstRender | null = () => null
let noteTitle: (title: string) => void = () => {}
let noteFile: (module: string) => void = () => {}

/** Returns what the page was drawn with; null in a browser that draws it alone. */
export function readFirstRender(): FirstRender | null {
  return read()
}

/** Sets where the facts of the first render come from: the document, or on the server the request that is drawn. */
export function setFirstRender(from: () => FirstRender | null): void {
  read = from
}

/** Notes the window's title while the server draws. In a browser it does nothing. */
export function noteWindowTitle(title: string): void {
  noteTitle(title)
}

/** Notes a file that a page shows while the server draws. In a browser it does nothing. */
export function noteModule(module: string): void {
  noteFile(module)
}

/** Sets what hears of the window's title and the files that are shown, on a server. */
export function onDrawing(title: (title: string) => void, module: (module: string) => void): void {
  noteTitle = title
  noteFile = module
}

/** Returns false on the server and while a browser takes over what the server drew, true from then on. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(subscribe, isHydrated, isNotHydrated)
}

const subscribe = () => () => {}
const isHydrated = () => true
const isNotHydrated = () => false
