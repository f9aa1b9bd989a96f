import { createContext } from "react"

/** Whether this person may create here. Where the reason stands why not has `reasonId`. */
export const MayCreate = createContext<{ may: boolean; reasonId: string }>({ may: true, reasonId: "" })
