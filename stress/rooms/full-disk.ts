import { spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, statfsSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TestServer } from '../../e2e/server.ts'
import { must, type Scenario } from '../scenario.ts'
import { pause } from '../server/several.ts'
import { counted, jamGoesOn, patiently, sitAlone, withSlotServer } from './slot-server.ts'

const DISK_MB = 256
const BODY_BYTES = 8_000_000
const ROUNDS = 16
/** In a free part of so much the store writes; what is less it leaves alone. */
const LEAST_FREE_BYTES = 80_000_000
const DELAY_STEP_MS = 6
const WRITE_EVERY_MS = 2_100
const MEGABYTE = 1024 * 1024

/** A disk of its own under the store, which really is full. */
export const fullDisk: readonly Scenario[] = [
  {
    name: 'slots: a disk that is full, fills up amid writes, and is full when the server starts',
    run: () =>
      withSlotServer({}, async (server) => {
        const folder = join(server.dataDir, 'slots')
        mkdirSync(folder)
        // The store is opened when it is first asked for.
        const why = mount(folder)
        if (why !== undefined) return `not played: a small disk could not be made (${why})`
        try {
          return await play(server, join(folder, 'ballast'), folder)
        } finally {
          await server.kill()
          unmount(folder)
        }
      }),
  },
]

async function play(server: TestServer, ballast: string, folder: string): Promise<string> {
  const { pid } = server
  const first = pid()
  const seat = await sitAlone(server)
  const good = body()
  const put = (version: number, bytes: Uint8Array<ArrayBuffer>): Promise<Response> =>
    patiently(() => seat.put(version, bytes))
  const mustServe = async (when: string, wanted: Uint8Array): Promise<void> => {
    const response = await patiently(seat.get)
    must(response.status === 200, `${when}: the last version must be served, ${response.status}`)
    const bytes = Buffer.from(await response.arrayBuffer())
    must(bytes.equals(wanted), `${when}: it must be as it was written`)
  }
  must((await put(0, good)).status === 204, 'with room it must be written')

  fillUp(ballast, folder)
  const full = await put(1, body())
  must(full.status === 507, `on a full disk 507 must be said, got ${full.status}`)
  await mustServe('on a full disk', good)
  await jamGoesOn(server)

  // Full and free by turns, whatever the store is at.
  let last = good
  let version = 1
  let [written, refused, away] = [0, 0, 0]
  for (let round = 0; round < ROUNDS; round++) {
    // A room may be written once in two seconds.
    await pause(WRITE_EVERY_MS)
    makeRoom(ballast, folder)
    const next = body()
    const filled = fillLater(ballast, round * DELAY_STEP_MS)
    const { status } = await seat.put(version, next)
    await filled
    must([204, 503, 507].includes(status), `it must be written or not, got ${status}`)
    if (status === 503) {
      // It was being opened anew, for which there was room a moment before: then it is away for half a minute.
      away += 1
      truncateSync(ballast, 0)
      await mustServe('after it was away', last)
      await jamGoesOn(server)
      continue
    }
    if (status === 204) {
      last = next
      version += 1
      written += 1
    } else refused += 1
    await mustServe('amid writes', last)
    await jamGoesOn(server)
  }
  must(pid() === first, 'the process must be the same')
  const troubles = await counted(server, 'slots_trouble_total{what="not-written"}')

  await server.kill()
  fillUp(ballast, folder)
  await server.start()
  const started = await seat.get()
  must([200, 503].includes(started.status), `it must be served, or away, got ${started.status}`)
  await jamGoesOn(server)
  await server.kill()
  truncateSync(ballast, 0)
  await server.start()
  await mustServe('when there is room again', last)
  must((await put(version, body())).status === 204, 'when there is room again it must be written')
  const how = started.status === 200 ? 'served' : 'away, and whole when there was room again'
  return `refused when full; ${written} written and ${refused} refused while it filled up (${troubles} by the disk itself), away ${away} times while it was opened anew, else the last always served; started on a full disk: ${how}`
}

const body = (): Uint8Array<ArrayBuffer> => new Uint8Array(randomBytes(BODY_BYTES))

/** @returns why it could not be done */
function mount(folder: string): string | undefined {
  const options = ['-t', 'tmpfs', '-o', `size=${DISK_MB}m`, 'tmpfs', folder]
  const { status, stderr, error } = spawnSync('mount', options, { encoding: 'utf8' })
  return status === 0 ? undefined : (error?.message ?? stderr.trim())
}

const unmount = (folder: string): unknown => spawnSync('umount', [folder])

/** As little as the store still writes into. */
function makeRoom(path: string, folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  truncateSync(path, Math.max(0, statSync(path).size - LEAST_FREE_BYTES + bavail * bsize))
}

/** Fills the disk from another process, so that it happens amid what this one sends. */
async function fillLater(path: string, delayMs: number): Promise<void> {
  const shell = `sleep ${delayMs / 1000}; head -c ${DISK_MB}M /dev/zero >> "$0"`
  // It ends when the disk is full, and says so.
  await once(spawn('sh', ['-c', shell, path], { stdio: 'ignore' }), 'exit')
}

/** Writes until nothing more goes. */
function fillUp(path: string, folder: string): void {
  const { bavail, bsize } = statfsSync(folder)
  const chunk = Buffer.alloc(MEGABYTE)
  for (let left = bavail * bsize; left > 0; left -= chunk.length) {
    try {
      writeFileSync(path, chunk.subarray(0, Math.min(left, chunk.length)), { flag: 'a' })
    } catch {
      // Full it is.
      return
    }
  }
}
