import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { expect, onTestFinished, test } from 'vitest'
import { until } from '../server-stage.ts'
import { joinPeer } from '../talking-peer.ts'
import { bodyKey } from './disk-index.ts'
import { certificateOf, roomIdOf, setSlotStage, type SlotStage, slowPut } from './slot-stage.ts'

const TOKEN = 'sixteen letters!'

async function open(...[overrides, ...rest]: Parameters<typeof setSlotStage>): Promise<SlotStage> {
  const stage = await setSlotStage({ ...overrides, metricsToken: TOKEN }, ...rest)
  onTestFinished(stage.close)
  return stage
}

/** What is counted of slots, as Prometheus reads it. */
async function countedBy({ port }: SlotStage): Promise<Readonly<Record<string, number>>> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const text = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`, { headers })).text()
  const lines = text.split('\n').filter((line) => line.startsWith('beatcord_slots_'))
  return Object.fromEntries(
    lines.map((line) => [
      line.slice('beatcord_slots_'.length, line.lastIndexOf(' ')),
      Number(line.split(' ').at(-1)),
    ]),
  )
}

test('[SLOT15] what is asked of slots is counted by act and answer, and the bytes that were kept and served', async () => {
  const stage = await open()
  const { ask, port } = stage
  const certificate = certificateOf(await joinPeer(port, 'garage'))
  await ask('GET', certificate)
  await ask('PUT', certificate, { version: 0, body: 'one' })
  await ask('PUT', certificate, { version: 0, body: 'other' })
  await ask('PUT', certificate, { version: 1, body: 'three' })
  await (await ask('GET', certificate)).text()
  await ask('GET', undefined)
  await ask('DELETE', certificate)
  const cut = slowPut(port, 'garage', certificate)
  // By then the server has read what was sent before.
  await ask('GET', certificate)
  cut.socket.destroy()

  await until(async () => (await countedBy(stage))['asked_total{act="write",status="cut"}'] === 1)
  expect(await countedBy(stage)).toEqual({
    'asked_total{act="read",status="404"}': 2,
    'asked_total{act="write",status="204"}': 2,
    'asked_total{act="write",status="412"}': 1,
    'asked_total{act="read",status="200"}': 1,
    'asked_total{act="read",status="401"}': 1,
    'asked_total{act="remove",status="204"}': 1,
    'asked_total{act="write",status="cut"}': 1,
    'bytes_total{way="in"}': 8,
    'bytes_total{way="out"}': 5,
  })
})

test('[SLOT15] a store that is away is counted, and who asks of it meanwhile', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-'))
  writeFileSync(join(dataDir, 'slots'), 'a file')
  const stage = await open({ dataDir })
  const certificate = certificateOf(await joinPeer(stage.port, 'garage'))

  await stage.ask('PUT', certificate, { version: 0, body: 'one' })
  await stage.ask('GET', certificate)

  expect(await countedBy(stage)).toEqual({
    'asked_total{act="write",status="503"}': 1,
    'asked_total{act="read",status="503"}': 1,
    'trouble_total{what="away"}': 1,
  })
})

test('[SLOT15] a version that was broken is counted when the one before is served', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'beatcord-'))
  const first = await setSlotStage({ dataDir })
  const certificate = certificateOf(await joinPeer(first.port, 'garage'))
  await first.ask('PUT', certificate, { version: 0, body: 'one' })
  await first.ask('PUT', certificate, { version: 1, body: 'two' })
  await first.close()
  const level = new ClassicLevel(join(dataDir, 'slots'))
  await level.put(bodyKey(roomIdOf('garage'), 2), 'junk')
  await level.close()

  const stage = await open({ dataDir })
  const served = await stage.ask('GET', certificate)

  expect([await served.text(), served.headers.get('etag')]).toEqual(['one', '"1"'])
  expect((await countedBy(stage))['trouble_total{what="broken"}']).toBe(1)
  expect(stage.lines.join('')).toContain('slot version broken')
})
