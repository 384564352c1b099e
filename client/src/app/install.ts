import { createLive } from '../lib/live.ts'
import type { AppServices } from './app-types.ts'

/** What browsers tell who can install a page; no specification has it yet. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>
}

/** Keeps the browser's offer to install the page until somebody wants it; without one there is nothing to show. */
export function createInstall(page: EventTarget): Pick<AppServices, 'canInstall' | 'install'> {
  const canInstall = createLive(false)
  let offer: InstallOffer | undefined
  const keep = (next: InstallOffer | undefined): void => {
    offer = next
    canInstall.set(next !== undefined)
  }
  page.addEventListener('beforeinstallprompt', (event) => {
    // Else the browser asks by itself, over the jam.
    event.preventDefault()
    keep(event as InstallOffer)
  })
  page.addEventListener('appinstalled', () => {
    keep(undefined)
  })
  return {
    canInstall,
    async install() {
      const asked = offer
      // Each offer can be taken up once; after a no the browser makes another one.
      keep(undefined)
      await asked?.prompt()
    },
  }
}
