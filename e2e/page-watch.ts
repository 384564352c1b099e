import type { Page } from '@playwright/test'

interface PageWatch {
  /** Every connection that the page ever made. */
  readonly connections: readonly RTCPeerConnection[]
  /** Notes of all tracks, as the small pictures of the tracks show them. */
  notes(): number
  /** Resolves with the wall clock's ms at which so many notes were first shown, after having been waited for. */
  showing(notes: number): Promise<number>
  /** At that moment of the wall clock ends every connection, and right afterwards writes into the open roll. */
  breakAndWrite(wallMs: number): Promise<void>
}

declare global {
  interface Window {
    /** Put there by `watchPage`. */
    testWatch?: PageWatch
  }
}

/** Runs in the page before its own scripts, and lets a test end what the page knows nothing of. */
export function watchPage(): void {
  const connections: RTCPeerConnection[] = []
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    constructor(...args: ConstructorParameters<typeof RTCPeerConnection>) {
      super(...args)
      connections.push(this)
    }
  }
  // Each note is one closed outline.
  const notes = (): number =>
    [...document.querySelectorAll('section[aria-label] .mini svg path[fill-opacity]')].reduce(
      (sum, path) => sum + (path.getAttribute('d') ?? '').split('z').length - 1,
      0,
    )

  window.testWatch = {
    connections,
    notes,
    showing: (wanted) =>
      new Promise((resolve) => {
        const observer = new MutationObserver(look)
        function look(): void {
          if (notes() !== wanted) return
          observer.disconnect()
          resolve(Date.now())
        }
        observer.observe(document.body, { childList: true, attributes: true, subtree: true })
        look()
      }),
    breakAndWrite: (wallMs) =>
      new Promise((resolve) => {
        setTimeout(() => {
          for (const each of connections) each.close()
          const key = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true })
          document.querySelector('[role=gridcell]')?.dispatchEvent(key)
          resolve()
        }, wallMs - Date.now())
      }),
  }
}

/** Resolves with the wall clock's ms at which the page showed so many notes. @throws Error after `patienceMs` */
export async function showing(page: Page, notes: number, patienceMs: number): Promise<number> {
  const shownMs = await page.evaluate(
    ([wanted, patience]) =>
      Promise.race([
        window.testWatch?.showing(wanted),
        new Promise<undefined>((resolve) => setTimeout(resolve, patience)),
      ]),
    [notes, patienceMs] as const,
  )
  if (shownMs !== undefined) return shownMs
  const there = await page.evaluate(() => window.testWatch?.notes())
  throw new Error(`${notes} notes must be shown within ${patienceMs} ms, ${there ?? 'no'} are`)
}

/** How many connections of the page were ended so far, by it or by us. */
export const endedConnections = (page: Page): Promise<number | undefined> =>
  page.evaluate(
    () =>
      window.testWatch?.connections.filter(({ connectionState }) => connectionState === 'closed')
        .length,
  )

/** All connections of the page that are connected now, by the fingerprints of their two ends. */
export const connectedEnds = (page: Page): Promise<readonly { here: string; there: string }[]> =>
  page.evaluate(() => {
    const fingerprint = (description: RTCSessionDescription | null): string =>
      /a=fingerprint:(\S+ \S+)/.exec(description?.sdp ?? '')?.[1] ?? ''
    return (window.testWatch?.connections ?? [])
      .filter(({ connectionState }) => connectionState === 'connected')
      .map((each) => ({
        here: fingerprint(each.localDescription),
        there: fingerprint(each.remoteDescription),
      }))
  })

/** The page's end of its connection to the other page; undefined when the two have none. */
export async function endTowards(page: Page, other: Page): Promise<string | undefined> {
  const theirs = new Set((await connectedEnds(other)).map(({ here }) => here))
  return (await connectedEnds(page)).find(({ there }) => theirs.has(there))?.here
}

/** Ends the one connection of the page whose own fingerprint this is. */
export const endConnection = (page: Page, here: string): Promise<void> =>
  page.evaluate((wanted) => {
    for (const each of window.testWatch?.connections ?? []) {
      if (each.localDescription?.sdp.includes(wanted) === true) each.close()
    }
  }, here)
