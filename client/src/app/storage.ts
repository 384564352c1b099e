/** A drawer of this browser that may be forbidden, full or filled with junk: then it forgets. */
export interface Drawer {
  read(key: string): string | undefined
  write(key: string, value: string): void
}

export function createDrawer(storage: () => Storage): Drawer {
  return {
    read(key) {
      try {
        return storage().getItem(`beatcord/${key}`) ?? undefined
      } catch {
        // Storage is switched off here.
        return undefined
      }
    },
    write(key, value) {
      try {
        storage().setItem(`beatcord/${key}`, value)
      } catch {
        // Switched off or full: what was to be remembered is asked again next time.
      }
    },
  }
}
