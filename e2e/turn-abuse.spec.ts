import { createHmac } from 'node:crypto'
import type { Page } from '@playwright/test'
import { type Coturn, startCoturn } from './coturn.ts'
import { expect, test as base } from './jammers.ts'
import { needTool } from './tools.ts'

interface Fixtures {
  /** As the page tells to set it up, but for its own address. */
  readonly coturn: Coturn
}

const test = base.extend<Fixtures>({
  coturn: async ({}, use) => {
    const coturn = await startCoturn(needTool('turnserver'), false)
    await use(coturn)
    await coturn.close()
  },
})

const MINUTE_SECONDS = 60
/** One of each range of networks that belong to whoever runs the TURN server. */
const PRIVATE = ['10.1.2.3', '100.64.1.2', '169.254.169.254', '172.16.1.2', '192.168.1.2']
/** And the machine itself. */
const NOT_THEIRS = [...PRIVATE, '127.0.0.1', '0.0.0.1']
/** What coturn says of a peer that somebody wants to reach. */
const REFUSED = 'CREATE_PERMISSION processed, error 403'
const ALLOWED = 'CREATE_PERMISSION processed, success'

/** The TURN server with credentials that run out so many seconds from now. */
function serverUntil({ settings }: Coturn, seconds: number): RTCIceServer {
  const username = `${Math.floor(Date.now() / 1000) + seconds}:somebody`
  const secret = settings['TURN_SECRET'] ?? ''
  const credential = createHmac('sha1', secret).update(username).digest('base64')
  return { urls: settings['TURN_URLS'] ?? '', username, credential }
}

/** The relay candidates that a connection gets there, when it has asked for all. */
const relaysOf = (page: Page, server: RTCIceServer): Promise<readonly string[]> =>
  page.evaluate(async (iceServer) => {
    const connection = new RTCPeerConnection({
      iceServers: [iceServer],
      iceTransportPolicy: 'relay',
    })
    const found: string[] = []
    const whole = new Promise<void>((resolve) => {
      connection.addEventListener('icecandidate', ({ candidate }) => {
        if (candidate === null) resolve()
        else if (candidate.candidate !== '') found.push(candidate.candidate)
      })
    })
    connection.createDataChannel('any')
    await connection.setLocalDescription()
    await whole
    connection.close()
    return found
  }, server)

test('credentials that have run out get no place at the TURN server, those that hold do', async ({
  page,
  coturn,
}) => {
  const expired = await relaysOf(page, serverUntil(coturn, -MINUTE_SECONDS))
  const valid = await relaysOf(page, serverUntil(coturn, MINUTE_SECONDS))

  expect(expired).toEqual([])
  expect(valid).not.toEqual([])
})

test('nobody reaches the networks of whoever runs the TURN server through it', async ({
  page,
  coturn,
}) => {
  const server = serverUntil(coturn, MINUTE_SECONDS)

  // A peer that says it is to be reached at these addresses.
  const path = await page.evaluateHandle(
    async ([iceServer, addresses]) => {
      const iceTransportPolicy = 'relay'
      const ours = new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy })
      const theirs = new RTCPeerConnection()
      ours.createDataChannel('any')
      await ours.setLocalDescription()
      await theirs.setRemoteDescription(ours.localDescription ?? { type: 'offer' })
      await theirs.setLocalDescription()
      await ours.setRemoteDescription(theirs.localDescription ?? { type: 'answer' })
      for (const [at, address] of addresses.entries()) {
        const candidate = `candidate:${at + 1} 1 udp 2122260223 ${address} 50000 typ host`
        await ours.addIceCandidate({ candidate, sdpMid: '0', sdpMLineIndex: 0 })
      }
      return ours
    },
    [server, NOT_THEIRS] as const,
  )

  const saying = (words: string): number =>
    coturn.lines.filter((line) => line.includes(words)).length
  await expect.poll(() => saying(REFUSED)).toBe(NOT_THEIRS.length)
  for (const address of PRIVATE) expect(saying(`A peer IP ${address} denied`)).toBe(1)
  expect(saying(ALLOWED)).toBe(0)
  expect(await path.evaluate(({ connectionState }) => connectionState)).not.toBe('connected')
})
