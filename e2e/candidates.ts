import type { Page } from '@playwright/test'

/** What two ends tell each other of how one of them can be reached. */
export interface Candidate {
  readonly side: 'local' | 'remote'
  /** Such as "host", "srflx" or "relay". */
  readonly type: string
  /** The whole line. */
  readonly text: string
}

/**
 * Runs in the page before its own scripts: no way leads from here to anybody, for what the others say of how they can
 * be reached is not listened to.
 */
export function blockConnections(): void {
  const Native = window.RTCPeerConnection
  window.RTCPeerConnection = class extends Native {
    override addIceCandidate(): Promise<void> {
      return Promise.resolve()
    }
    override setRemoteDescription(description?: RTCSessionDescriptionInit): Promise<void> {
      const { type = 'offer', sdp = '' } = description ?? {}
      return super.setRemoteDescription({ type, sdp: sdp.replace(/^a=candidate:.*\r\n/gm, '') })
    }
  }
}

/**
 * All candidates of the page's living connections, its own and those it was told; needs `watchPage`.
 *
 * @param since  passes over so many of the connections that were made first
 */
export async function candidatesOf(page: Page, since = 0): Promise<readonly Candidate[]> {
  const texts = await page.evaluate(
    (first) =>
      (window.testWatch?.connections ?? []).slice(first).flatMap((each) => [
        { side: 'local' as const, sdp: each.localDescription?.sdp ?? '' },
        { side: 'remote' as const, sdp: each.remoteDescription?.sdp ?? '' },
      ]),
    since,
  )
  return texts.flatMap(({ side, sdp }) =>
    [...sdp.matchAll(/^a=candidate:.* typ (\S+).*$/gm)].map(([text, type = '']) => ({
      side,
      type,
      text: text.trim(),
    })),
  )
}

/** How many connections the page has made so far; needs `watchPage`. */
export const connectionCount = (page: Page): Promise<number> =>
  page.evaluate(() => window.testWatch?.connections.length ?? 0)
